/// How dead letters lie in a file: a heading, then for each letter a line of six decimal numbers
/// (offset, line, bytes of source, bytes of reason, bytes of letter, bytes of reading), source,
/// reason, the letter's own bytes, its reading and a line feed.
///
/// -1 for the reading stands for that of the letter before. Files of version 1 have no readings,
/// and five numbers.
enum DeadLetterFormat {
  static let heading = Array("harrier dead letters 2\n".utf8)
  /// The heading of version 1, which is as long.
  static let oldHeading = Array("harrier dead letters 1\n".utf8)
  static let lineFeed = UInt8(ascii: "\n")
  /// The longest line of numbers.
  static let longestNumbers = 128

  /// Writes one letter behind what `bytes` holds; `previous` is the reading of that before it.
  static func append(_ letter: DeadLetter, after previous: [UInt8]?, to bytes: inout [UInt8]) {
    let source = letter.source.utf8
    let reason = letter.reason.utf8
    let numbers = [
      letter.offset, letter.line, Int64(source.count), Int64(reason.count),
      Int64(letter.bytes.count), previous == letter.reading ? -1 : Int64(letter.reading.count),
    ]
    bytes.append(contentsOf: numbers.map(String.init).joined(separator: " ").utf8)
    bytes.append(lineFeed)
    bytes.append(contentsOf: source)
    bytes.append(contentsOf: reason)
    bytes.append(contentsOf: letter.bytes)
    if previous != letter.reading { bytes.append(contentsOf: letter.reading) }
    bytes.append(lineFeed)
  }

  /// Reads the letter at `position` and moves behind it; nil where the bytes are no letter.
  static func read(
    _ bytes: UnsafeRawBufferPointer,
    at position: inout Int,
    after previous: [UInt8]
  ) -> DeadLetter? {
    let window = bytes[position..<min(bytes.count, position + longestNumbers)]
    guard let end = window.firstIndex(of: lineFeed) else { return nil }
    let numbers = window[..<end].split(separator: UInt8(ascii: " ")).compactMap {
      Int64(String(decoding: $0, as: UTF8.self))
    }
    guard numbers.count == 5 || numbers.count == 6 else { return nil }
    let isReadAsBefore = numbers.count == 5 || numbers[5] == -1
    var place = end + 1
    var parts: [UnsafeRawBufferPointer] = []
    for length in numbers[2..<(isReadAsBefore ? 5 : 6)] {
      guard length >= 0, length <= Int64(bytes.count - place) else { return nil }
      parts.append(UnsafeRawBufferPointer(rebasing: bytes[place..<place + Int(length)]))
      place += Int(length)
    }
    guard place < bytes.count, bytes[place] == lineFeed else { return nil }
    position = place + 1
    var letter = DeadLetter(
      source: String(decoding: parts[0], as: UTF8.self),
      offset: numbers[0],
      line: numbers[1],
      reason: String(decoding: parts[1], as: UTF8.self),
      bytes: Array(parts[2])
    )
    letter.reading = isReadAsBefore ? previous : Array(parts[3])
    return letter
  }
}
