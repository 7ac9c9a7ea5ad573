import Columnar

/// An IPv6 address, or an IPv4 address mapped into it, and the length of the prefix that counts.
struct IPv6Address {
  var high: UInt64
  var low: UInt64
  /// 0 to 128.
  var prefix: Int

  /// Reads an address of either version with an optional `/prefix`; nil for anything else.
  ///
  /// The prefix of an address with dotted parts counts IPv4 bits, so 96 are added.
  init?(_ text: TextView) {
    let slash = text.firstOffset(ofByte: UInt8(ascii: "/")) ?? text.count
    let address = text.part(0, slash)
    var limit = 128
    if address.firstOffset(ofByte: UInt8(ascii: ":")) == nil {
      guard let ipv4 = IPv4Address(address) else { return nil }
      high = 0
      low = 0xFFFF_0000_0000 | UInt64(ipv4.bits)
      limit = 32
    } else {
      guard let groups = IPv6Groups(address) else { return nil }
      high = groups.high
      low = groups.low
      limit = groups.isDotted ? 32 : 128
    }
    prefix = 128
    if slash < text.count {
      guard let length = text.suffix(from: slash &+ 1).prefixLength, length <= 128 else {
        return nil
      }
      prefix = length <= limit && limit == 32 ? length &+ 96 : length
      if limit == 32, length > 32, address.firstOffset(ofByte: UInt8(ascii: ":")) == nil {
        return nil
      }
    }
  }

  /// The address with the bits behind a prefix cleared.
  func masked(_ length: Int) -> (high: UInt64, low: UInt64) {
    if length >= 128 { return (high, low) }
    if length > 64 { return (high, low & UInt64.max &<< UInt64(128 &- length)) }
    return (length <= 0 ? 0 : high & UInt64.max &<< UInt64(64 &- length), 0)
  }

  /// The order of two addresses in the shortest of their prefixes and another: -1, 0 or 1.
  ///
  /// An address that holds IPv4 in its last bits, mapped or not, counts as mapped.
  func order(_ other: IPv6Address, prefix limit: Int = 128) -> Int64 {
    let length = min(limit, prefix, other.prefix)
    let left = mapped.masked(length)
    let right = other.mapped.masked(length)
    if left == right { return 0 }
    return left < right ? -1 : 1
  }

  /// The address with the obsolete form of IPv4 in IPv6, `::a.b.c.d`, as a mapped address.
  private var mapped: IPv6Address {
    guard high == 0, low &>> 32 == 0, low > 1 else { return self }
    var address = self
    address.low |= 0xFFFF_0000_0000
    return address
  }
}

/// The groups of an IPv6 address in text.
private struct IPv6Groups {
  private(set) var high: UInt64 = 0
  private(set) var low: UInt64 = 0
  /// Whether the last bits are written as an IPv4 address.
  private(set) var isDotted = false

  init?(_ text: TextView) {
    var before: [UInt16] = []
    var after: [UInt16] = []
    var isAfterGap = false
    var offset = 0
    if text.hasPrefix("::") {
      isAfterGap = true
      offset = 2
    }
    while offset < text.count {
      let end = text.firstOffset(ofByte: UInt8(ascii: ":"), from: offset) ?? text.count
      guard let groups = Self.groups(text.part(offset, end), isLast: end == text.count) else {
        return nil
      }
      isDotted = groups.count == 2
      if isAfterGap { after += groups } else { before += groups }
      offset = end &+ 1
      if end == text.count { break }
      guard offset < text.count else { return nil }
      if text[offset] == UInt8(ascii: ":") {
        if isAfterGap { return nil }
        isAfterGap = true
        offset &+= 1
      }
    }
    let count = before.count + after.count
    guard isAfterGap ? count < 8 : count == 8 else { return nil }
    let all = before + Array(repeating: 0, count: 8 - count) + after
    for group in all[..<4] { high = high &<< 16 | UInt64(group) }
    for group in all[4...] { low = low &<< 16 | UInt64(group) }
  }

  /// One group of hexadecimal digits, or the two that a dotted end stands for.
  private static func groups(_ text: TextView, isLast: Bool) -> [UInt16]? {
    if isLast, text.firstOffset(ofByte: UInt8(ascii: ".")) != nil {
      guard let ipv4 = IPv4Address(text), ipv4.prefix == 32 else { return nil }
      return [
        UInt16(truncatingIfNeeded: ipv4.bits &>> 16), UInt16(truncatingIfNeeded: ipv4.bits),
      ]
    }
    guard text.count >= 1, text.count <= 4 else { return nil }
    var value: UInt16 = 0
    for offset in 0..<text.count {
      guard let digit = hexadecimalValue(text[offset]) else { return nil }
      value = value &<< 4 | UInt16(digit)
    }
    return [value]
  }
}

/// The value of a hexadecimal digit, nil for other bytes.
@inline(__always)
func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  let digit = byte &- 0x30
  if digit < 10 { return digit }
  let letter = (byte | 0x20) &- 0x61
  return letter < 6 ? letter &+ 10 : nil
}

/// The digits of lower-case hexadecimal numbers.
let hexadecimalDigits = Array("0123456789abcdef".utf8)

extension TextBuilder {
  /// Writes an address in eight groups of four digits.
  func write(ipv6 address: (high: UInt64, low: UInt64)) {
    for (number, half) in [address.high, address.low].enumerated() {
      for digit in 0..<16 {
        if digit % 4 == 0, number > 0 || digit > 0 { write(byte: UInt8(ascii: ":")) }
        write(byte: hexadecimalDigits[Int(half &>> UInt64(60 &- digit &* 4) & 15)])
      }
    }
  }
}
