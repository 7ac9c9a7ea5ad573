import Columnar

/// An IPv4 address and the length of the prefix that counts.
struct IPv4Address {
  var bits: UInt32
  /// 0 to 32.
  var prefix: Int

  /// Reads four decimal parts and an optional `/prefix`; nil for anything else.
  init?(_ text: TextView) {
    var parser = IPv4Parser(text)
    guard let bits = parser.address() else { return nil }
    self.bits = bits
    prefix = 32
    if parser.isAtEnd { return }
    guard text[parser.offset] == UInt8(ascii: "/"),
      let length = text.suffix(from: parser.offset &+ 1).prefixLength, length <= 32
    else { return nil }
    prefix = length
  }

  init(bits: UInt32, prefix: Int = 32) {
    self.bits = bits
    self.prefix = prefix
  }

  /// The bits with those behind the prefix cleared.
  var masked: UInt32 { masked(prefix) }

  /// The bits with those behind a prefix cleared.
  func masked(_ length: Int) -> UInt32 {
    length <= 0 ? 0 : bits & (UInt32.max &<< UInt32(truncatingIfNeeded: 32 &- length))
  }

  /// The order of two addresses in the shortest of their prefixes and another: -1, 0 or 1.
  func order(_ other: IPv4Address, prefix limit: Int = 32) -> Int64 {
    let length = min(limit, prefix, other.prefix)
    let left = masked(length)
    let right = other.masked(length)
    return left < right ? -1 : left > right ? 1 : 0
  }

  /// Whether the address belongs to one of the ranges of private networks.
  var isPrivate: Bool {
    let own = masked
    return own &>> 24 == 10 || own &>> 20 == 0xAC1 || own &>> 16 == 0xC0A8
  }
}

/// Reads dotted addresses byte by byte.
struct IPv4Parser {
  let text: TextView
  var offset: Int

  init(_ text: TextView, at offset: Int = 0) {
    self.text = text
    self.offset = offset
  }

  var isAtEnd: Bool { offset == text.count }

  /// Reads four parts of up to 255 each.
  mutating func address() -> UInt32? {
    var bits: UInt32 = 0
    for number in 0..<4 {
      if number > 0 {
        guard offset < text.count, text[offset] == UInt8(ascii: ".") else { return nil }
        offset &+= 1
      }
      guard let part = part() else { return nil }
      bits = bits &<< 8 | part
    }
    return bits
  }

  private mutating func part() -> UInt32? {
    var value: UInt32 = 0
    var digits = 0
    while offset < text.count, text[offset] &- 0x30 < 10, digits < 4 {
      value = value &* 10 &+ UInt32(text[offset] &- 0x30)
      offset &+= 1
      digits &+= 1
    }
    return digits > 0 && digits <= 3 && value <= 255 ? value : nil
  }
}

extension TextView {
  /// A prefix length of one to three digits.
  var prefixLength: Int? { count <= 3 ? decimalNumber : nil }
}

extension TextBuilder {
  /// Writes an address in four decimal parts.
  func write(ipv4 bits: UInt32) {
    for shift in [24, 16, 8, 0] as [UInt32] {
      write(decimal: bits &>> shift & 0xFF)
      if shift > 0 { write(byte: UInt8(ascii: ".")) }
    }
  }

  /// Writes a small number in decimal.
  func write(decimal number: UInt32) {
    if number >= 10 { write(decimal: number / 10) }
    write(byte: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
  }
}
