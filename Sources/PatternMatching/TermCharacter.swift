/// Tells which characters make up terms.
///
/// A term of `has`, `search` and their kin is a maximal run of letters and decimal digits of any
/// script; everything else, the underscore among it, separates terms.
public enum TermCharacter {
  /// One bit a code point below `bitmapLimit`; letters beyond it do not exist yet.
  private static let bitmap: [UInt64] = {
    var words = [UInt64](repeating: 0, count: Int(bitmapLimit) / 64)
    for value in 0..<bitmapLimit where isTermCategory(value) {
      words[Int(value &>> 6)] |= 1 &<< UInt64(value & 63)
    }
    return words
  }()

  private static let bitmapLimit: UInt32 = 0x4_0000

  private static func isTermCategory(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber:
      return true
    default:
      return false
    }
  }

  /// True for a letter or a decimal digit of any script.
  public static func contains(_ value: UInt32) -> Bool {
    if value < 0x80 { return isASCIITermByte(UInt8(truncatingIfNeeded: value)) }
    guard value < bitmapLimit else { return false }
    return bitmap[Int(value &>> 6)] &>> UInt64(value & 63) & 1 == 1
  }

  /// True for an ASCII letter or digit.
  @inline(__always)
  static func isASCIITermByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }

  /// True where the character that ends just before `offset` is a term character.
  @inline(__always)
  static func precedes(_ offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard offset > 0 else { return false }
    let byte = bytes[offset &- 1]
    if byte < 0x80 { return isASCIITermByte(byte) }
    return contains(UTF8Scalar(before: offset, in: bytes).value)
  }

  /// True where the character that starts at `offset` is a term character.
  @inline(__always)
  static func follows(_ offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard offset < bytes.count else { return false }
    let byte = bytes[offset]
    if byte < 0x80 { return isASCIITermByte(byte) }
    return contains(UTF8Scalar(at: offset, in: bytes).value)
  }

  /// Calls `body` with the byte range of each term, in order, until it returns false.
  public static func forEachTerm(
    in bytes: UnsafeBufferPointer<UInt8>,
    _ body: (Range<Int>) -> Bool
  ) {
    var offset = 0
    var start = -1
    while offset < bytes.count {
      let scalar = UTF8Scalar(at: offset, in: bytes)
      if contains(scalar.value) {
        if start < 0 { start = offset }
      } else if start >= 0 {
        if !body(start..<offset) { return }
        start = -1
      }
      offset &+= scalar.width
    }
    if start >= 0 { _ = body(start..<bytes.count) }
  }
}

extension TermCharacter {
  /// Calls `body` with each code point as comparisons that ignore case compare it.
  public static func forEachFolded(
    in bytes: UnsafeBufferPointer<UInt8>,
    _ body: (UInt32) -> Void
  ) {
    var offset = 0
    while offset < bytes.count {
      let scalar = UTF8Scalar(at: offset, in: bytes)
      body(CaseMapping.fold(scalar.value))
      offset &+= scalar.width
    }
  }

  /// Whether every text in which these bytes lie, with or without case, is cut into terms at the
  /// same places as they are.
  ///
  /// Not so where they are no UTF-8, since they may then lie within a character, nor with a
  /// character that equals another one of which only one belongs to terms.
  public static func cutsAlike(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if UTF8Text.isASCII(bytes) { return true }
    var offset = 0
    while offset < bytes.count {
      let scalar = UTF8Scalar(at: offset, in: bytes)
      if scalar.value >= UTF8Scalar.invalidBase { return false }
      if scalar.value >= 0x80 {
        let isTerm = contains(scalar.value)
        if CaseMapping.variants(scalar.value).contains(where: { contains($0) != isTerm }) {
          return false
        }
      }
      offset &+= scalar.width
    }
    return true
  }
}
