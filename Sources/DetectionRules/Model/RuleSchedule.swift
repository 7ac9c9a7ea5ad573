public import Columnar

/// When a rule runs, and over which events.
public struct RuleSchedule: Sendable, Equatable {
  /// The time between two runs; nil for a rule that sees each event as it comes.
  public var frequency: TimeSpan?
  /// How far back of its due time a run reads.
  public var lookback: TimeSpan
  /// How long after its due time a run starts, so that late events have come.
  public var delay: TimeSpan

  public init(frequency: TimeSpan?, lookback: TimeSpan, delay: TimeSpan = TimeSpan(ticks: 0)) {
    self.frequency = frequency
    self.lookback = lookback
    self.delay = delay
  }

  /// Whether it evaluates newly visible rows only.
  public var isContinuous: Bool { frequency == nil }

  /// The lookback that Defender gives a frequency; nil frequency is continuous.
  public static func defenderLookback(of frequency: TimeSpan?) -> TimeSpan {
    let hour = TimeSpan.ticksPerHour
    guard let ticks = frequency?.ticks else { return TimeSpan(ticks: 4 * hour) }
    switch ticks {
    case hour: return TimeSpan(ticks: 4 * hour)
    case 3 * hour: return TimeSpan(ticks: 12 * hour)
    case 12 * hour: return TimeSpan(ticks: 48 * hour)
    // Other frequencies look back four times their length, from a day on 30 days.
    case ..<TimeSpan.ticksPerDay: return TimeSpan(ticks: 4 * ticks)
    default: return TimeSpan(ticks: 30 * TimeSpan.ticksPerDay)
    }
  }

  /// What Sentinel waits for events that come late.
  public static let sentinelDelay = TimeSpan(ticks: 5 * TimeSpan.ticksPerMinute)
  /// How far back the first run of a rule of Defender reads.
  public static let firstLookback = TimeSpan(ticks: 30 * TimeSpan.ticksPerDay)
}

/// When the rows of a run make alerts.
public struct Trigger: Sendable, Equatable {
  public enum Comparison: String, Sendable, CaseIterable {
    case greaterThan = "gt"
    case lessThan = "lt"
    case equal = "eq"
    case notEqual = "ne"

    /// Reads both `gt` and `GreaterThan`.
    public init?(reading text: String) {
      switch text.lowercased() {
      case "gt", "greaterthan": self = .greaterThan
      case "lt", "lessthan": self = .lessThan
      case "eq", "equal": self = .equal
      case "ne", "notequal": self = .notEqual
      default: return nil
      }
    }
  }

  public var comparison: Comparison
  public var threshold: Int

  public init(_ comparison: Comparison, _ threshold: Int) {
    self.comparison = comparison
    self.threshold = threshold
  }

  /// Any row.
  public static let anyRow = Trigger(.greaterThan, 0)

  /// Whether a number of rows makes alerts.
  public func fires(at rows: Int) -> Bool {
    switch comparison {
    case .greaterThan: rows > threshold
    case .lessThan: rows < threshold
    case .equal: rows == threshold
    case .notEqual: rows != threshold
    }
  }
}
