import Alerts
import Columnar
package import GRDB
package import OperationalStore

/// Reads incidents within a transaction.
package protocol IncidentReading {
  var database: Database { get }
}

/// Reads incidents where nothing is changed.
package struct IncidentReader: IncidentReading {
  package let database: Database

  package init(database: Database) { self.database = database }
}

extension IncidentReading {
  /// The rows of a statement that is kept prepared.
  package func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
    try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
  }

  /// What is made of the rows of a statement that is kept prepared.
  package func rows<Value>(
    _ sql: String,
    _ arguments: StatementArguments,
    _ make: (StatementRow) throws -> Value?
  ) throws -> [Value] {
    try database.rows(prepared: sql, arguments: arguments, make)
  }

  package func incident(_ id: Int64) throws -> Incident? {
    try rows("SELECT * FROM incidents WHERE id = ?", [id], Incident.init).first
  }

  package func incident(_ reference: IncidentReference) throws -> Incident? {
    try rows(
      "SELECT * FROM incidents WHERE tenant = ? AND number = ?",
      [reference.tenant, reference.number],
      Incident.init
    )
    .first
  }

  package func alert(key: String) throws -> IncidentAlert? {
    try rows("SELECT * FROM alerts WHERE id = ?", [key], IncidentAlert.init).first
  }

  /// An alert of a tenant, by the id of its product or a further one.
  package func alert(_ id: String, _ tenant: String) throws -> IncidentAlert? {
    try rows(
      "SELECT * FROM alerts WHERE tenant = ?1 AND (provider_id = ?2 OR id = ?2) LIMIT 1",
      [tenant, id],
      IncidentAlert.init
    )
    .first ?? alert(alias: id, tenant)
  }

  private func alert(alias: String, _ tenant: String) throws -> IncidentAlert? {
    try rows(
      """
      SELECT alerts.* FROM alert_aliases JOIN alerts ON alerts.id = alert_aliases.alert
      WHERE alert_aliases.tenant = ? AND alias = ?
      """,
      [tenant, alias],
      IncidentAlert.init
    )
    .first
  }

  package func alerts(of incident: Int64) throws -> [IncidentAlert] {
    try rows(
      "SELECT * FROM alerts WHERE incident = ? ORDER BY first_time, id",
      [incident],
      IncidentAlert.init
    )
  }

  package func evidence(ofAlert key: String) throws -> [Evidence] {
    try rows(
      "SELECT * FROM alert_entities WHERE alert = ? ORDER BY position",
      [key],
      Evidence.init
    )
  }

  /// The tags that people gave an incident.
  func customTags(of id: Int64) throws -> Set<String> {
    Set(
      try rows("SELECT tag FROM incident_tags WHERE incident = ? AND is_system = 0", [id]) {
        $0[0] as String
      }
    )
  }

  /// The tags of some incidents, each one's in order.
  func tags(of ids: [Int64]) throws -> [Int64: [String]] {
    let found = try rows(
      """
      SELECT incident, tag FROM incident_tags
      WHERE incident IN (SELECT value FROM json_each(?)) ORDER BY tag
      """,
      [StoredJSON.list(ids)]
    ) { ($0[0] as Int64, $0[1] as String) }
    return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
  }

  func tags(of id: Int64) throws -> [String] {
    try rows("SELECT tag FROM incident_tags WHERE incident = ? ORDER BY tag", [id]) { $0[0] }
  }
}
