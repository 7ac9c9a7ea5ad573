/// Reads code points from UTF-8 that may be invalid.
enum CodePoint {
  /// The scalar at an offset and its length in bytes; nil where the bytes are no valid UTF-8.
  static func decode(_ bytes: borrowing [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    let lead = bytes[index]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = expectedLength(lead)
    guard length > 1, index + length <= bytes.count else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let byte = bytes[index + offset]
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= [0, 0, 0x80, 0x800, 0x10000][length] else { return nil }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  /// How many bytes the code point at an offset has; 1 for a byte that is no valid UTF-8.
  static func length(_ bytes: borrowing [UInt8], at index: Int) -> Int {
    decode(bytes, at: index)?.1 ?? 1
  }

  private static func expectedLength(_ lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }
}
