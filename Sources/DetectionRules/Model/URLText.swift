/// Keeps the values of events from changing what an URL in the text of an alert means.
enum URLText {
  /// Whether what follows a text belongs to an URL in it: its last word has a scheme.
  static func isOpen(_ text: String) -> Bool {
    let word = text.utf8.reversed().prefix { $0 > 0x20 }
    return Array(word).firstRange(of: Array("//:".utf8)) != nil
  }

  /// A value as a part of an URL: whatever is no letter, digit or `-._~` is percent-encoded.
  static func part(_ value: String) -> String { encoded(value) { isUnreserved($0) } }

  /// A value as it stands in a text: where it is an URL, what no URL may have is percent-encoded,
  /// so that it ends where it ended in the event.
  static func whole(_ value: String) -> String {
    guard value.utf8.contains(UInt8(ascii: ":")),
      let colon = value.firstRange(of: "://")?.lowerBound, colon > value.startIndex,
      value[..<colon].utf8.allSatisfy({ isUnreserved($0) || $0 == UInt8(ascii: "+") })
    else { return value }
    return encoded(value) { isUnreserved($0) || reserved.contains($0) }
  }

  private static let reserved = Set(":/?#@!$&'*+,;=%".utf8)

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._~".utf8.contains(byte)
    }
  }

  private static func encoded(_ value: String, _ keeps: (UInt8) -> Bool) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in value.utf8 {
      if keeps(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
