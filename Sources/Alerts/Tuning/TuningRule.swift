public import Columnar
package import GRDB
import OperationalStore

/// A rule that does away with alerts of which an analyst knows what they are.
public struct TuningRule: Sendable {
  public enum Action: String, Sendable, CaseIterable {
    /// No alert is raised; the run counts it. One of another product, which is there already, is
    /// resolved at once.
    case hide
    /// The alert is raised and resolved at once.
    case resolve
  }

  public let name: String
  /// The condition as it was written.
  public let text: String
  public let action: Action
  /// The tenant whose alerts it is about; nil for all.
  public let tenant: String?
  public let isOn: Bool
  public let comment: String
  public let created: DateTime
  public let createdBy: String
  public let hits: Int
  public let lastHit: DateTime?

  /// nil where this version of Harrier cannot read it.
  var condition: TuningCondition? { try? TuningParser.read(text) }

  /// All of a database, by name.
  package static func all(_ database: Database) throws -> [TuningRule] {
    try Row.fetchAll(database, prepared: "SELECT * FROM tuning_rules ORDER BY name").compactMap {
      row in
      Action(rawValue: row["action"]).map { action in
        TuningRule(
          name: row["name"],
          text: row["condition"],
          action: action,
          tenant: row["tenant"],
          isOn: row["is_on"],
          comment: row["comment"],
          created: DateTime(ticks: row["created"]),
          createdBy: row["created_by"],
          hits: row["hits"],
          lastHit: (row["last_hit"] as Int64?).map { DateTime(ticks: $0) }
        )
      }
    }
  }
}

/// The tuning rules that are on for a tenant, within a transaction.
package struct Tuning {
  private let rules: [(rule: TuningRule, condition: TuningCondition)]
  private let database: Database
  private let now: DateTime

  package init(_ database: Database, tenant: String, at now: DateTime) throws {
    self.database = database
    self.now = now
    rules = try TuningRule.all(database).compactMap { rule in
      guard rule.isOn, rule.tenant == nil || rule.tenant == tenant, let condition = rule.condition
      else { return nil }
      return (rule, condition)
    }
  }

  /// The rule that applies to an alert, whose hit is counted; one that hides before one that
  /// resolves.
  package func rule(for alert: @autoclosure () -> TunedAlert) throws -> TuningRule? {
    if rules.isEmpty { return nil }
    let alert = alert()
    let matching = rules.filter { $0.condition.holds(alert) }.map(\.rule)
    let found = matching.first { $0.action == .hide } ?? matching.first
    if let found {
      try database.execute(
        prepared: "UPDATE tuning_rules SET hits = hits + 1, last_hit = ? WHERE name = ?",
        arguments: [now.ticks, found.name]
      )
    }
    return found
  }
}
