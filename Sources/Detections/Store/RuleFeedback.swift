import Alerts
import Columnar
import GRDB
public import OperationalStore

/// What people made of a rule's alerts in a tenant.
public struct RuleFeedback: Sendable, Equatable {
  public let tenant: String
  public let alerts: Int
  public let truePositives: Int
  public let falsePositives: Int
  /// Informational, expected activity.
  public let expected: Int
  /// What most alerts that were no attack have and no attack has; nil where nothing is.
  public let suggestion: TuningSuggestion?

  /// Why there is that suggestion, or none.
  public var reason: String {
    let harmless = falsePositives + expected
    guard let suggestion else {
      return harmless < TuningSuggestion.leastAlerts
        ? "none: \(harmless) alerts are classified as no attack, and it takes "
          + "\(TuningSuggestion.leastAlerts)"
        : "none: nothing that no attack has is in \(TuningSuggestion.leastAlerts) and in half of "
          + "the \(harmless) alerts that were no attack, in words that a condition can have"
    }
    return "\(suggestion.alerts) of \(harmless) alerts that were no attack have it, and none of "
      + "\(truePositives) that were one"
  }

  public var unclassified: Int { alerts - truePositives - falsePositives - expected }

  /// The share of classified alerts that are false positives; nil where none is classified.
  public var falsePositiveRate: Double? {
    let classified = truePositives + falsePositives + expected
    return classified == 0 ? nil : Double(falsePositives) / Double(classified)
  }
}

/// A condition for `harrier tuning add`, and how many of the alerts that were no attack it has.
public struct TuningSuggestion: Sendable, Equatable {
  public let condition: String
  public let alerts: Int

  /// The least alerts that must have a thing before it is suggested.
  static let leastAlerts = 3
}

extension DetectionStore {
  /// What people made of the alerts that a rule raised in a tenant.
  public func feedback(_ tenant: String, _ rule: String) throws(StoreFailure) -> RuleFeedback {
    let counts = try fetch(
      """
      SELECT classification, count(*) AS alerts FROM alerts WHERE tenant = ? AND rule = ?
      GROUP BY classification
      """,
      [tenant, rule]
    ) { row in (row["classification"] as String, row["alerts"] as Int) }
    let count = { (name: String) in counts.first { $0.0 == name }?.1 ?? 0 }
    return RuleFeedback(
      tenant: tenant,
      alerts: counts.reduce(0) { $0 + $1.1 },
      truePositives: count("truePositive"),
      falsePositives: count("falsePositive"),
      expected: count("informationalExpectedActivity"),
      suggestion: try suggestion(tenant, rule)
    )
  }

  /// The thing that the most alerts have that were no attack, at least three of them and half.
  private func suggestion(
    _ tenant: String,
    _ rule: String
  ) throws(StoreFailure) -> TuningSuggestion? {
    let harmless = "('falsePositive', 'informationalExpectedActivity')"
    let found = try fetch(
      """
      SELECT entities.kind, entities.identifiers, count(*) AS alerts,
        (SELECT count(*) FROM alerts WHERE tenant = ?1 AND rule = ?2
          AND classification IN \(harmless)) AS harmless
      FROM alert_entities AS entities JOIN alerts ON alerts.id = entities.alert
      WHERE alerts.tenant = ?1 AND alerts.rule = ?2 AND alerts.classification IN \(harmless)
        AND NOT EXISTS (SELECT 1 FROM alert_entities AS other
          JOIN alerts AS attack ON attack.id = other.alert
          WHERE attack.tenant = ?1 AND attack.rule = ?2 AND other.kind = entities.kind
            AND attack.classification = 'truePositive'
            AND other.identifiers = entities.identifiers)
      GROUP BY entities.kind, entities.identifiers
      HAVING count(*) >= \(TuningSuggestion.leastAlerts) AND 2 * count(*) >= harmless
      ORDER BY count(*) DESC, entities.kind, entities.identifiers LIMIT 1
      """,
      [tenant, rule]
    ) { row in
      (
        kind: row["kind"] as String, members: StoredJSON.members(row["identifiers"]),
        alerts: row["alerts"] as Int
      )
    }
    guard let found = found.first, let (name, value) = found.members.first else { return nil }
    // What is a sign of the language of conditions is better written by a person.
    if value.contains(where: { "\"\\*?".contains($0) }) { return nil }
    return TuningSuggestion(
      condition: "\(found.kind.lowercased()).\(name) = \"\(value)\"",
      alerts: found.alerts
    )
  }
}
