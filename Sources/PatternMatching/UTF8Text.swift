import CSIMD

/// Measures and walks UTF-8 text in place, without making a `String`.
///
/// KQL counts text in code points: `strlen("😀")` is 1. Functions that take a scalar position
/// clamp it to the text. In text that is not valid UTF-8 each byte that is not a continuation
/// byte counts as one.
public enum UTF8Text {
  /// Counts code points.
  public static func scalarCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    return csimd_count_scalars(base, bytes.count)
  }

  /// Counts UTF-16 code units: code points beyond U+FFFF count twice.
  public static func utf16Count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    return csimd_count_scalars(base, bytes.count) &+ csimd_count_wide_scalars(base, bytes.count)
  }

  /// True where every byte is below 0x80.
  public static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    return csimd_is_ascii(base, bytes.count)
  }

  /// True for well-formed UTF-8: no overlong forms, no surrogates.
  public static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    return csimd_is_utf8(base, bytes.count)
  }

  /// The byte offset at which code point number `index` starts, counted from `start`.
  ///
  /// An index at or past the end gives the count of bytes; a negative one gives `start`.
  public static func byteOffset(
    ofScalar index: Int,
    in bytes: UnsafeBufferPointer<UInt8>,
    from start: Int = 0
  ) -> Int {
    guard index > 0 else { return min(max(start, 0), bytes.count) }
    var offset = min(max(start, 0), bytes.count)
    var left = index
    while offset < bytes.count {
      if bytes[offset] & 0xC0 != 0x80 {
        if left == 0 { return offset }
        left &-= 1
      }
      offset &+= 1
    }
    return bytes.count
  }

  /// The number of the code point that starts at a byte offset.
  public static func scalarIndex(
    atByte offset: Int,
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let end = min(max(offset, 0), bytes.count)
    return scalarCount(UnsafeBufferPointer(rebasing: bytes[0..<end]))
  }

  /// Cuts `length` code points from code point `start` on; both are clamped to the text.
  public static func slice(
    _ bytes: UnsafeBufferPointer<UInt8>,
    start: Int,
    length: Int
  ) -> Range<Int> {
    let lower = byteOffset(ofScalar: start, in: bytes)
    guard length > 0 else { return lower..<lower }
    let upper =
      isASCII(bytes)
      ? lower &+ min(length, bytes.count &- lower)
      : byteOffset(ofScalar: length, in: bytes, from: lower)
    return lower..<max(lower, upper)
  }

  /// Appends the code points in reverse order; a broken byte is kept as it is.
  public static func appendReversed(
    _ bytes: UnsafeBufferPointer<UInt8>,
    to text: inout [UInt8]
  ) {
    text.reserveCapacity(text.count &+ bytes.count)
    var end = bytes.count
    while end > 0 {
      let scalar = UTF8Scalar(before: end, in: bytes)
      text.append(contentsOf: bytes[(end &- scalar.width)..<end])
      end &-= scalar.width
    }
  }

  /// The range that is left when Unicode white space is cut from both ends.
  public static func trimmingWhitespace(_ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var start = 0
    var end = bytes.count
    while start < end {
      let scalar = UTF8Scalar(at: start, in: bytes)
      guard isWhitespace(scalar.value) else { break }
      start &+= scalar.width
    }
    while end > start {
      let scalar = UTF8Scalar(before: end, in: bytes)
      guard isWhitespace(scalar.value) else { break }
      end &-= scalar.width
    }
    return start..<end
  }

  /// True for a code point with the Unicode property White_Space.
  public static func isWhitespace(_ value: UInt32) -> Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
      0x205F, 0x3000:
      return true
    default:
      return false
    }
  }

  /// Appends valid UTF-8: each byte that is not part of a well-formed sequence becomes U+FFFD.
  public static func appendRepaired(
    _ bytes: UnsafeBufferPointer<UInt8>,
    to text: inout [UInt8]
  ) {
    var offset = 0
    while offset < bytes.count {
      let scalar = UTF8Scalar(at: offset, in: bytes)
      if scalar.value < UTF8Scalar.invalidBase {
        text.append(contentsOf: bytes[offset..<(offset &+ scalar.width)])
      } else {
        text.append(contentsOf: [0xEF, 0xBF, 0xBD])
      }
      offset &+= scalar.width
    }
  }
}
