import CSIMD
import Columnar

extension TextView {
  /// The offset of the first place at or after `from` where other bytes lie.
  func firstOffset(of other: TextView, from: Int) -> Int? {
    guard from <= count, other.count <= count &- from else { return nil }
    if other.count == 0 { return from }
    return csimd_find(base + from, count &- from, other.base, other.count).map { $0 - base }
  }

  /// The offset of the first place at or after `from` where a byte lies.
  func firstOffset(ofByte byte: UInt8, from: Int = 0) -> Int? {
    guard from < count, let place = memchr(base + from, Int32(byte), count &- from) else {
      return nil
    }
    return UnsafeRawPointer(place) - UnsafeRawPointer(base)
  }

  /// The offset of the last place where a byte lies.
  func lastOffset(ofByte byte: UInt8) -> Int? {
    var offset = count &- 1
    while offset >= 0 {
      if base[offset] == byte { return offset }
      offset &-= 1
    }
    return nil
  }

  /// Whether the bytes are those of a literal.
  func isEqual(_ literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount && memcmp(base, literal.utf8Start, count) == 0
  }

  /// Whether the first bytes are those of a literal.
  func hasPrefix(_ literal: StaticString) -> Bool {
    part(0, literal.utf8CodeUnitCount).isEqual(literal)
  }

  /// The bytes from an offset on.
  func suffix(from offset: Int) -> TextView { part(offset, count) }

  /// The number in decimal digits, nil for anything else or one of over 18 digits.
  var decimalNumber: Int? {
    guard count > 0, count <= 18 else { return nil }
    var number = 0
    for offset in 0..<count {
      let digit = base[offset] &- 0x30
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int(digit)
    }
    return number
  }
}
