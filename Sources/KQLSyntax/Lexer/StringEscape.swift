/// An escape sequence of a string literal: `\n`, `\\`, `\u00e9`, `\x41`, `\101` and the like.
struct StringEscape {
  /// How many bytes the sequence has, with the backslash.
  let length: Int
  /// The code point that it stands for.
  let codePoint: UInt32

  /// Reads an escape at an offset; nil where there is none.
  ///
  /// Two `\u` escapes that form a surrogate pair are read as one.
  init?(_ bytes: borrowing [UInt8], at start: Int, end: Int? = nil) {
    let end = end ?? bytes.count
    guard start + 1 < end, bytes[start] == UInt8(ascii: "\\") else { return nil }
    let letter = bytes[start + 1]
    if let simple = Self.simple(letter) {
      (length, codePoint) = (2, simple)
      return
    }
    if let digits = Self.hexDigits(letter) {
      guard let value = Self.hex(bytes, start + 2, digits, end) else { return nil }
      let pair = digits == 4 ? Self.lowSurrogate(bytes, start + 6, end, high: value) : nil
      (length, codePoint) = pair.map { (12, $0) } ?? (2 + digits, value)
      return
    }
    guard let octal = Self.octal(bytes, start + 1, end) else { return nil }
    (length, codePoint) = (1 + octal.count, octal.value)
  }

  /// Appends the code point as UTF-8; what is no scalar becomes U+FFFD.
  func append(to result: inout [UInt8]) {
    let scalar = Unicode.Scalar(codePoint) ?? "\u{FFFD}"
    if let encoded = UTF8.encode(scalar) { result.append(contentsOf: encoded) }
  }

  private static func simple(_ letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): UInt32(letter)
    case UInt8(ascii: "a"): 7
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "v"): 11
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "r"): 13
    default: nil
    }
  }

  private static func hexDigits(_ letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "x"): 2
    case UInt8(ascii: "u"): 4
    case UInt8(ascii: "U"): 8
    default: nil
    }
  }

  private static func hex(
    _ bytes: borrowing [UInt8],
    _ start: Int,
    _ count: Int,
    _ end: Int
  ) -> UInt32? {
    guard start + count <= end else { return nil }
    var value: UInt32 = 0
    for index in start..<start + count {
      guard let digit = CharacterClass.hexValue(bytes[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private static func lowSurrogate(
    _ bytes: borrowing [UInt8],
    _ start: Int,
    _ end: Int,
    high: UInt32
  ) -> UInt32? {
    guard (0xD800..<0xDC00).contains(high), start + 1 < end,
      bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u"),
      let low = hex(bytes, start + 2, 4, end), (0xDC00..<0xE000).contains(low)
    else { return nil }
    return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
  }

  private static func octal(
    _ bytes: borrowing [UInt8],
    _ start: Int,
    _ end: Int
  ) -> (count: Int, value: UInt32)? {
    var value: UInt32 = 0
    var count = 0
    while start + count < end, count < 3, (0x30...0x37).contains(bytes[start + count]) {
      if count == 2, bytes[start] > 0x33 { break }
      value = value * 8 + UInt32(bytes[start + count] - 0x30)
      count += 1
    }
    return count == 0 ? nil : (count, value)
  }
}
