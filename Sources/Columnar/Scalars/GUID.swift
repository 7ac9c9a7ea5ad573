/// A 128-bit identifier, ordered and printed by its text form.
@frozen
public struct GUID: Hashable, Comparable, Sendable {
  /// The first 16 hexadecimal digits of the text form.
  public var high: UInt64
  /// The last 16 hexadecimal digits of the text form.
  public var low: UInt64

  /// Makes an identifier from the two halves of its text form.
  @inlinable public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  @inlinable public static func < (left: GUID, right: GUID) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

extension GUID {
  /// The identifier of zeros only.
  public static let zero = GUID(high: 0, low: 0)
}
