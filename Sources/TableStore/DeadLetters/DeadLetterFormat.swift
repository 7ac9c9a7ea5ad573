/// How dead letters lie in a file: a heading, then for each letter a line of five decimal numbers
/// (offset, line, bytes of source, bytes of reason, bytes of letter), source, reason, the letter's
/// own bytes and a line feed.
enum DeadLetterFormat {
  static let heading = Array("harrier dead letters 1\n".utf8)
  static let lineFeed = UInt8(ascii: "\n")
  /// The longest line of numbers.
  static let longestNumbers = 128

  /// Writes one letter behind what `bytes` holds.
  static func append(_ letter: DeadLetter, to bytes: inout [UInt8]) {
    let source = letter.source.utf8
    let reason = letter.reason.utf8
    let numbers = [
      letter.offset, letter.line, Int64(source.count), Int64(reason.count),
      Int64(letter.bytes.count),
    ]
    bytes.append(contentsOf: numbers.map(String.init).joined(separator: " ").utf8)
    bytes.append(lineFeed)
    bytes.append(contentsOf: source)
    bytes.append(contentsOf: reason)
    bytes.append(contentsOf: letter.bytes)
    bytes.append(lineFeed)
  }

  /// Reads the letter at `position` and moves behind it; nil where the bytes are no letter.
  static func read(_ bytes: UnsafeRawBufferPointer, at position: inout Int) -> DeadLetter? {
    let window = bytes[position..<min(bytes.count, position + longestNumbers)]
    guard let end = window.firstIndex(of: lineFeed) else { return nil }
    let numbers = window[..<end].split(separator: UInt8(ascii: " ")).compactMap {
      Int64(String(decoding: $0, as: UTF8.self))
    }
    guard numbers.count == 5 else { return nil }
    var place = end + 1
    var parts: [UnsafeRawBufferPointer] = []
    for length in numbers[2...] {
      guard length >= 0, length <= Int64(bytes.count - place) else { return nil }
      parts.append(UnsafeRawBufferPointer(rebasing: bytes[place..<place + Int(length)]))
      place += Int(length)
    }
    guard place < bytes.count, bytes[place] == lineFeed else { return nil }
    position = place + 1
    return DeadLetter(
      source: String(decoding: parts[0], as: UTF8.self),
      offset: numbers[0],
      line: numbers[1],
      reason: String(decoding: parts[1], as: UTF8.self),
      bytes: Array(parts[2])
    )
  }
}
