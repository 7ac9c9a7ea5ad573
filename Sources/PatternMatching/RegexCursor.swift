/// Walks over the code points of a pattern and knows the byte offset of each.
struct RegexCursor {
  private let scalars: [UInt32]
  private let offsets: [Int]
  private(set) var position = 0
  /// True in verbose mode, in which white space and comments are skipped.
  var skipsSpace = false

  /// Fails with the offset of the first byte that is not valid UTF-8.
  init(_ pattern: [UInt8]) throws(PatternError) {
    var scalars: [UInt32] = []
    var offsets: [Int] = []
    var offset = 0
    pattern.withUnsafeBufferPointer { bytes in
      while offset < bytes.count {
        let scalar = UTF8Scalar(at: offset, in: bytes)
        if scalar.value >= UTF8Scalar.invalidBase { return }
        scalars.append(scalar.value)
        offsets.append(offset)
        offset += scalar.width
      }
    }
    if offset < pattern.count {
      throw PatternError(
        "the pattern is not valid UTF-8",
        at: offset,
        advice: "write the byte as '\\x{..}'"
      )
    }
    self.scalars = scalars
    self.offsets = offsets + [pattern.count]
  }

  var offset: Int { offsets[position] }

  var peek: UInt32? { peek(0) }

  func peek(_ ahead: Int) -> UInt32? {
    let index = position + ahead
    return index < scalars.count ? scalars[index] : nil
  }

  /// The character as text, for messages; empty at the end.
  var text: String { Self.text(peek) }

  static func text(_ value: UInt32?) -> String {
    value.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? ""
  }

  mutating func next() -> UInt32? {
    guard let value = peek else { return nil }
    position += 1
    return value
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard peek == character.value else { return false }
    position += 1
    return true
  }

  /// Skips all of a text or nothing.
  mutating func skip(text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard wanted.indices.allSatisfy({ peek($0) == wanted[$0].value }) else { return false }
    position += wanted.count
    return true
  }

  func isAt(_ character: Unicode.Scalar) -> Bool { peek == character.value }

  /// Skips white space and comments in verbose mode.
  mutating func skipSpace() {
    guard skipsSpace else { return }
    while let value = peek {
      if isSpace(value) {
        position += 1
      } else if value == 0x23 {
        while let other = next(), other != 0x0A {}
      } else {
        return
      }
    }
  }

  /// What follows the current character and, in verbose mode, white space after it.
  func peekAfterSpace() -> UInt32? {
    var copy = self
    copy.position += 1
    copy.skipSpace()
    return copy.peek
  }

  private func isSpace(_ value: UInt32) -> Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0x200E, 0x200F, 0x2028, 0x2029: return true
    default: return false
    }
  }
}
