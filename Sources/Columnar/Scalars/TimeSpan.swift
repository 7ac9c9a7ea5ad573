/// A length of time in ticks of 100 ns, negative or not.
@frozen
public struct TimeSpan: Hashable, Comparable, Sendable {
  /// The length in ticks of 100 ns.
  public var ticks: Int64

  /// Makes a time span of `ticks` times 100 ns.
  @inlinable public init(ticks: Int64) { self.ticks = ticks }

  public static let ticksPerMicrosecond: Int64 = 10
  public static let ticksPerMillisecond: Int64 = 10_000
  public static let ticksPerSecond: Int64 = 10_000_000
  public static let ticksPerMinute: Int64 = 600_000_000
  public static let ticksPerHour: Int64 = 36_000_000_000
  public static let ticksPerDay: Int64 = 864_000_000_000

  @inlinable public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
    left.ticks < right.ticks
  }
}
