public import DetectionRules

/// What two versions of a rule alerted over the same events, side by side.
public struct RuleComparison: Sendable {
  /// Alerts of which no event alerted in the other version.
  public private(set) var onlyFirst: [AlertHistory.Entry] = []
  public private(set) var onlySecond: [AlertHistory.Entry] = []
  /// Alerts of the first version of which an event alerted in the second one too.
  public private(set) var bothCount = 0

  public init() {}

  /// Whether both alerted about the same events.
  public var isSame: Bool { onlyFirst.isEmpty && onlySecond.isEmpty }

  /// Adds what both did in a tenant. The rules must be ``comparable(_:)``.
  public mutating func add(_ first: AlertHistory, _ second: AlertHistory) {
    let missing = first.entries.filter { !second.covers($0.alert) }
    bothCount += first.entries.count - missing.count
    onlyFirst += missing
    onlySecond += second.entries.filter { !first.covers($0.alert) }
  }

  /// A rule whose alerts compare with those of other rules: by their events and impacted entities.
  public static func comparable(_ rule: DetectionRule) -> DetectionRule {
    var rule = rule
    rule.id = "version of a rule"
    return rule
  }
}
