/// An IP address, or all that begin with the same bits.
struct NetworkRange: Equatable {
  let bytes: [UInt8]
  let bits: Int

  /// Reads `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2,
      let bytes = first.contains(":") ? Self.six(first) : Self.four(first)
    else { return nil }
    self.bytes = bytes
    guard parts.count == 2 else {
      bits = bytes.count * 8
      return
    }
    guard let bits = Self.number(parts[1], most: bytes.count * 8) else { return nil }
    self.bits = bits
  }

  func contains(_ other: NetworkRange) -> Bool {
    guard bytes.count == other.bytes.count, bits <= other.bits else { return false }
    let whole = bits / 8
    guard bytes.prefix(whole) == other.bytes.prefix(whole) else { return false }
    let rest = bits % 8
    if rest == 0 { return true }
    let mask = UInt8(truncatingIfNeeded: 0xFF &<< (8 - rest))
    return bytes[whole] & mask == other.bytes[whole] & mask
  }

  private static func number(_ text: Substring, most: Int) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 3, text.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(text), number <= most
    else { return nil }
    return number
  }

  private static func four(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { number($0, most: 255) }
    guard parts.count == 4, numbers.count == 4 else { return nil }
    return numbers.map { UInt8($0) }
  }

  private static func six(_ text: Substring) -> [UInt8]? {
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    let groups = halves.map { half -> [UInt8]? in
      if half.isEmpty { return [] }
      var bytes: [UInt8] = []
      for part in half.split(separator: ":", omittingEmptySubsequences: false) {
        guard !part.isEmpty, part.utf8.count <= 4, let value = UInt16(part, radix: 16) else {
          return nil
        }
        bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
      }
      return bytes
    }
    guard let first = groups.first.flatMap({ $0 }) else { return nil }
    if groups.count == 1 { return first.count == 16 ? first : nil }
    guard let last = groups[1], first.count + last.count <= 14 else { return nil }
    return first + Array(repeating: 0, count: 16 - first.count - last.count) + last
  }
}
