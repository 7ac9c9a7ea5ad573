import Alerts
import Columnar
import DetectionRules
import GRDB

/// Changes incidents within a transaction.
struct IncidentWriter {
  let database: Database
  let now: DateTime

  /// Runs a statement that is kept prepared.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// The rows of a statement that is kept prepared.
  func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
    try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
  }

  func incident(_ id: Int64) throws -> Incident? {
    try rows("SELECT * FROM incidents WHERE id = ?", [id]).first.map(Incident.init)
  }

  func incident(_ reference: IncidentReference) throws -> Incident? {
    try rows(
      "SELECT * FROM incidents WHERE tenant = ? AND number = ?",
      [reference.tenant, reference.number]
    )
    .first.map(Incident.init)
  }

  /// An alert of a tenant, by the id of its product.
  func alert(_ id: String, _ tenant: String) throws -> IncidentAlert? {
    try rows(
      "SELECT * FROM alerts WHERE tenant = ?1 AND (provider_id = ?2 OR id = ?2) LIMIT 1",
      [tenant, id]
    )
    .first.map(IncidentAlert.init)
  }

  func alerts(of incident: Int64) throws -> [IncidentAlert] {
    try rows("SELECT * FROM alerts WHERE incident = ? ORDER BY first_time, id", [incident])
      .map(IncidentAlert.init)
  }

  func evidence(ofAlert key: String) throws -> [Evidence] {
    try rows("SELECT * FROM alert_entities WHERE alert = ? ORDER BY position", [key])
      .map(Evidence.init)
  }

  /// Makes an empty incident of a tenant, to be filled and counted by the caller.
  func makeIncident(
    _ tenant: String,
    at time: DateTime,
    name: String? = nil
  ) throws -> Int64 {
    try run(
      """
      INSERT INTO incident_numbers (tenant, last) VALUES (?, 1)
      ON CONFLICT DO UPDATE SET last = last + 1
      """,
      [tenant]
    )
    try run(
      """
      INSERT INTO incidents (tenant, number, status, severity, priority, name, name_origin, created,
        updated, first_activity, last_activity)
      SELECT tenant, last, 'active', 0, 0, ?, ?, ?, ?, ?, ? FROM incident_numbers WHERE tenant = ?
      """,
      [
        name ?? "", name == nil ? "automatic" : "manual", now.ticks, now.ticks, time.ticks,
        time.ticks, tenant,
      ]
    )
    return database.lastInsertedRowID
  }

  /// Keeps in the history what was done.
  func note(
    _ action: String,
    on incident: Int64,
    _ tenant: String,
    by actor: Actor,
    alert: String? = nil,
    old: String = "",
    new: String = "",
    comment: String = ""
  ) throws {
    try run(
      """
      INSERT INTO history (tenant, incident, alert, at, actor, is_system, action, old, new, comment)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        tenant, incident, alert, now.ticks, actor.name, actor.isSystem, action, old, new, comment,
      ]
    )
  }

  /// Puts an alert into an incident; the caller counts it anew.
  func place(_ alert: String, in incident: Int64) throws {
    try run("UPDATE alerts SET incident = ? WHERE id = ?", [incident, alert])
  }
}
