/// Reads single code points of UTF-8 text in place.
///
/// Text is hostile: a byte that starts no well-formed sequence is read as one unit with a value
/// beyond Unicode (`invalidBase` + the byte), so that it equals only the same byte, is no letter
/// and has no case.
public struct UTF8Scalar: Sendable, Equatable {
  /// The code point, or `invalidBase` + byte for a byte that is not part of valid UTF-8.
  public let value: UInt32
  /// The bytes that it takes, 1 to 4.
  public let width: Int

  /// The first value that is no code point.
  public static let invalidBase: UInt32 = 0x11_0000

  @inline(__always)
  init(value: UInt32, width: Int) {
    self.value = value
    self.width = width
  }

  /// Reads the code point at `offset`, which must be below the count of `bytes`.
  @inline(__always)
  public init(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    let lead = bytes[offset]
    if lead < 0x80 {
      self.init(value: UInt32(lead), width: 1)
    } else {
      self = Self.decode(bytes, offset)
    }
  }

  /// Reads the code point that ends just before `offset`, which must be above zero.
  ///
  /// Agrees with reading forwards: a byte belongs to a sequence only if that sequence is
  /// well-formed and ends here.
  public init(before offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    let last = bytes[offset &- 1]
    if last < 0x80 {
      self.init(value: UInt32(last), width: 1)
      return
    }
    var start = offset &- 1
    while start > 0, offset &- start < 4, bytes[start] & 0xC0 == 0x80 { start &-= 1 }
    let found = Self(at: start, in: bytes)
    if found.width == offset &- start, found.value < Self.invalidBase {
      self = found
    } else {
      self.init(value: Self.invalidBase &+ UInt32(last), width: 1)
    }
  }

  /// Decodes a sequence whose lead byte is not ASCII.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Self {
    let lead = UInt32(bytes[offset])
    let invalid = Self(value: invalidBase &+ lead, width: 1)
    let left = bytes.count &- offset
    guard lead >= 0xC2, lead <= 0xF4, left >= 2 else { return invalid }
    let second = UInt32(bytes[offset &+ 1])
    guard second & 0xC0 == 0x80 else { return invalid }
    if lead < 0xE0 {
      return Self(value: (lead & 0x1F) &<< 6 | second & 0x3F, width: 2)
    }
    guard left >= 3, bytes[offset &+ 2] & 0xC0 == 0x80 else { return invalid }
    let third = UInt32(bytes[offset &+ 2]) & 0x3F
    if lead < 0xF0 {
      let value = (lead & 0x0F) &<< 12 | (second & 0x3F) &<< 6 | third
      let isSurrogate = value &- 0xD800 < 0x800
      return value < 0x800 || isSurrogate ? invalid : Self(value: value, width: 3)
    }
    guard left >= 4, bytes[offset &+ 3] & 0xC0 == 0x80 else { return invalid }
    let fourth = UInt32(bytes[offset &+ 3]) & 0x3F
    let value = (lead & 0x07) &<< 18 | (second & 0x3F) &<< 12 | third &<< 6 | fourth
    return value &- 0x1_0000 < 0x10_0000 ? Self(value: value, width: 4) : invalid
  }

  /// Appends the UTF-8 form of a code point; a value beyond Unicode gives back its byte.
  static func append(_ value: UInt32, to text: inout [UInt8]) {
    switch value {
    case ..<0x80:
      text.append(UInt8(truncatingIfNeeded: value))
    case ..<0x800:
      text.append(UInt8(truncatingIfNeeded: 0xC0 | value &>> 6))
      text.append(continuation(value))
    case ..<0x1_0000:
      text.append(UInt8(truncatingIfNeeded: 0xE0 | value &>> 12))
      text.append(continuation(value &>> 6))
      text.append(continuation(value))
    case ..<invalidBase:
      text.append(UInt8(truncatingIfNeeded: 0xF0 | value &>> 18))
      text.append(continuation(value &>> 12))
      text.append(continuation(value &>> 6))
      text.append(continuation(value))
    default:
      text.append(UInt8(truncatingIfNeeded: value))
    }
  }

  private static func continuation(_ value: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
  }
}
