public import Columnar
import GRDB
public import OperationalStore

/// A rule that does away with alerts of which an analyst knows what they are.
public struct TuningRule: Sendable {
  public enum Action: String, Sendable, CaseIterable {
    /// No alert is raised; the run counts it.
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
}

extension DetectionStore {
  /// All tuning rules, by name.
  public func tuningRules() throws(StoreFailure) -> [TuningRule] {
    try database.read { try Self.tuningRules($0) }
  }

  /// Keeps a tuning rule; it applies to later alerts.
  public func addTuning(
    _ name: String,
    when text: String,
    _ action: TuningRule.Action,
    tenant: String?,
    comment: String,
    by principal: String
  ) throws {
    _ = try TuningParser.read(text)
    let now = now
    try database.write { database in
      try database.execute(
        prepared: """
          INSERT INTO tuning_rules (name, condition, action, tenant, is_on, comment, created,
            created_by)
          VALUES (?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING
          """,
        arguments: [name, text, action.rawValue, tenant, comment, now.ticks, principal]
      )
      if database.changesCount == 0 {
        throw DetectionFailure("there is a tuning rule '\(name)' already; remove it first")
      }
    }
  }

  /// Turns a tuning rule on or off.
  ///
  /// - Returns: whether there is one of that name.
  public func setTuning(_ name: String, on isOn: Bool) throws(StoreFailure) -> Bool {
    try database.write { database in
      try database.execute(
        prepared: "UPDATE tuning_rules SET is_on = ? WHERE name = ?",
        arguments: [isOn, name]
      )
      return database.changesCount > 0
    }
  }

  /// Removes a tuning rule; alerts that it did away with stay so.
  ///
  /// - Returns: whether there was one of that name.
  public func removeTuning(_ name: String) throws(StoreFailure) -> Bool {
    try database.write { database in
      try database.execute(prepared: "DELETE FROM tuning_rules WHERE name = ?", arguments: [name])
      return database.changesCount > 0
    }
  }

  /// The alerts of a tenant that a condition holds for.
  public func alerts(of tenant: String, when text: String) throws -> [StoredAlert] {
    let condition = try TuningParser.read(text)
    let names = Dictionary(
      try rules().map { ($0.id, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
    return try alerts(of: tenant).filter { alert in
      condition.holds(
        TunedAlert(
          alert,
          entities: try entities(ofAlert: alert.id),
          details: try details(ofAlert: alert.id),
          rule: names[alert.rule] ?? alert.rule
        )
      )
    }
  }

  static func tuningRules(_ database: Database) throws -> [TuningRule] {
    try Row.fetchAll(database, prepared: "SELECT * FROM tuning_rules ORDER BY name").compactMap {
      row in
      TuningRule.Action(rawValue: row["action"]).map { action in
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
          lastHit: time(row["last_hit"])
        )
      }
    }
  }
}

/// The tuning rules that are on for a tenant, within a transaction.
struct Tuning {
  private let rules: [(rule: TuningRule, condition: TuningCondition)]
  private let database: Database
  private let now: DateTime

  init(_ database: Database, tenant: String, at now: DateTime) throws {
    self.database = database
    self.now = now
    rules = try DetectionStore.tuningRules(database).compactMap { rule in
      guard rule.isOn, rule.tenant == nil || rule.tenant == tenant, let condition = rule.condition
      else { return nil }
      return (rule, condition)
    }
  }

  /// The rule that applies to an alert, whose hit is counted; one that hides before one that
  /// resolves.
  func rule(for alert: TunedAlert) throws -> TuningRule? {
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
