public import FileAccess

/// The name of a segment: 128 random bits.
public struct SegmentID: Hashable, Sendable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Draws a fresh name.
  public init(_ randomness: any Randomness) {
    self.init(high: randomness.nextUInt64(), low: randomness.nextUInt64())
  }

  /// Reads a name of 32 hexadecimal digits, as `description` prints it.
  public init?(_ text: String) {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ Self.isLowerHexadecimal($0) }),
      let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  public var description: String { Self.digits(high) + Self.digits(low) }

  private static func digits(_ word: UInt64) -> String {
    let text = String(word, radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }

  private static func isLowerHexadecimal(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || byte &- 0x61 < 6
  }
}
