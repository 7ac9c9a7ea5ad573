import Columnar
public import DetectionRules
import GRDB
public import OperationalStore
public import StructuredText
import Synchronization

extension DetectionStore {
  /// All rules, by name.
  public func rules() throws(StoreFailure) -> [StoredRule] {
    try fetch("SELECT * FROM rules ORDER BY name", [], rule)
  }

  /// A rule by its id or its name.
  public func rule(named name: String) throws(StoreFailure) -> StoredRule? {
    try fetch(
      "SELECT * FROM rules WHERE id = ?1 OR name = ?1 ORDER BY id <> ?1 LIMIT 1",
      [name],
      rule
    ).first
  }

  /// Keeps a rule, in the place of the one of its id.
  ///
  /// - Returns: whether something changed.
  @discardableResult
  public func add(
    _ rule: DetectionRule,
    document: String,
    format: TextDocument.Format,
    by principal: String
  ) throws -> Bool {
    let now = now
    return try database.write { database in
      let known = try Row.fetchOne(
        database,
        prepared: "SELECT version, document FROM rules WHERE id = ?",
        arguments: [rule.id]
      )
      if let text: String = known?["document"], text == document { return false }
      let owner = try String.fetchOne(
        database,
        sql: "SELECT id FROM rules WHERE name = ? AND id <> ?",
        arguments: [rule.name, rule.id]
      )
      if let owner {
        throw DetectionFailure("the name '\(rule.name)' is that of another rule ('\(owner)')")
      }
      let version: Int = known?["version"] ?? 0
      try database.execute(
        prepared: """
          INSERT INTO rules (id, name, document, format, version, changed, changed_by)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET name = excluded.name, document = excluded.document,
            format = excluded.format, version = excluded.version, changed = excluded.changed,
            changed_by = excluded.changed_by
          """,
        arguments: [
          rule.id, rule.name, document, format.rawValue, version + 1, now.ticks, principal,
        ]
      )
      return true
    }
  }

  /// Removes a rule from all tenants; its alerts and runs stay.
  public func removeRule(_ id: String) throws(StoreFailure) {
    try database.write { database in
      try database.execute(prepared: "DELETE FROM assignments WHERE rule = ?", arguments: [id])
      try database.execute(prepared: "DELETE FROM rules WHERE id = ?", arguments: [id])
    }
  }

  private func rule(_ row: StatementRow) -> StoredRule? {
    let id: String = row["id"]
    let version: Int = row["version"]
    if let rule = known.withLock({ $0[id] }), rule.version == version { return rule }
    let rule = Self.rule(row)
    known.withLock { $0[id] = rule }
    return rule
  }

  private static func rule(_ row: StatementRow) -> StoredRule? {
    guard let format = TextDocument.Format(rawValue: row["format"]) else { return nil }
    let id: String = row["id"]
    let document: String = row["document"]
    let file = RuleFile(Array(document.utf8), format: format)
    let rules = file.rules.filter { $0.id == id }
    return StoredRule(
      id: id,
      name: row["name"],
      document: document,
      format: format,
      version: row["version"],
      changedAt: DateTime(ticks: row["changed"]),
      changedBy: row["changed_by"],
      rule: rules.first
    )
  }
}
