public import Columnar

/// Which alerts of a rule go into one incident (`groupingConfiguration` of Sentinel's rules).
public struct AlertGrouping: Sendable, Equatable {
  /// What two alerts have in common.
  public enum Matching: String, Sendable, CaseIterable {
    /// All of their entities.
    case allEntities = "AllEntities"
    /// That the rule raised them.
    case anyAlert = "AnyAlert"
    /// The kinds of entities, details and custom details that are chosen.
    case selected = "Selected"
  }

  /// A field of alerts that may be chosen.
  public enum Detail: String, Sendable, CaseIterable {
    case displayName = "DisplayName"
    case severity = "Severity"
  }

  public var matching: Matching
  /// How much older the alerts of the incident may be.
  public var lookback: TimeSpan
  /// Whether the rule asks for incidents that were closed to be opened again.
  public var reopensClosed = false
  public var entities: [EntityKind] = []
  public var details: [Detail] = []
  public var customDetails: [String] = []

  /// Sentinel's time where a rule says none.
  public static let usualLookback = TimeSpan(ticks: 5 * TimeSpan.ticksPerHour)

  public init(_ matching: Matching, lookback: TimeSpan = Self.usualLookback) {
    self.matching = matching
    self.lookback = lookback
  }
}
