/// An instant in UTC: ticks of 100 ns since 0001-01-01T00:00:00 in the proleptic Gregorian
/// calendar.
@frozen
public struct DateTime: Hashable, Comparable, Sendable {
  /// Ticks of 100 ns since 0001-01-01; valid from 0 to `maximumTicks`.
  public var ticks: Int64

  /// The ticks of 9999-12-31T23:59:59.9999999, the last instant there is.
  public static let maximumTicks: Int64 = 3_155_378_975_999_999_999
  /// The ticks of 1970-01-01T00:00:00.
  public static let unixEpochTicks: Int64 = 621_355_968_000_000_000

  /// Makes an instant from ticks that are known to be valid.
  @inlinable public init(ticks: Int64) { self.ticks = ticks }

  /// Makes an instant from ticks; nil when they lie outside of the years 1 to 9999.
  @inlinable public init?(checkedTicks ticks: Int64) {
    guard ticks >= 0, ticks <= Self.maximumTicks else { return nil }
    self.ticks = ticks
  }

  @inlinable public static func < (left: DateTime, right: DateTime) -> Bool {
    left.ticks < right.ticks
  }
}
