public import Alerts
import Columnar
import DetectionRules
import GRDB
public import OperationalStore

extension DetectionStore {
  /// All tuning rules, by name.
  public func tuningRules() throws(StoreFailure) -> [TuningRule] {
    try database.read { try TuningRule.all($0) }
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
    _ = try Self.condition(text)
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
    let condition = try Self.condition(text)
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

  private static func condition(_ text: String) throws(DetectionFailure) -> TuningCondition {
    do throws(TuningFailure) {
      return try TuningParser.read(text)
    } catch {
      throw DetectionFailure(error.description)
    }
  }
}

extension TunedAlert {
  init(_ draft: AlertDraft, of rule: DetectionRule) {
    self.init(
      rule: rule.name,
      title: draft.title,
      description: draft.description,
      severity: draft.severity,
      category: draft.tactics.first?.rawValue ?? "",
      techniques: rule.techniques,
      entities: draft.entities,
      details: draft.details.map { ($0.label, $0.value) }
    )
  }

  init(_ alert: StoredAlert, entities: [Entity], details: [AlertDetail], rule: String) {
    self.init(
      rule: rule,
      title: alert.title,
      description: alert.description,
      severity: alert.severity,
      category: alert.category,
      techniques: alert.techniques,
      entities: entities,
      details: details.map { ($0.label, $0.value) }
    )
  }
}
