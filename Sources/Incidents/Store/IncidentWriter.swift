import Alerts
package import Columnar
import DetectionRules
package import GRDB
package import OperationalStore

/// Changes incidents within a transaction.
package struct IncidentWriter: IncidentReading {
  package let database: Database
  package let now: DateTime
  /// What is done away with of the alerts that are taken in.
  let tunings = TenantTunings()

  /// Runs a statement that is kept prepared.
  package func run(_ sql: String, _ arguments: [(any StatementArgument)?]) throws {
    try database.execute(prepared: sql, arguments: arguments)
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

  /// Keeps in the history what was done; the first thing that a person does takes the incident up.
  package func note(
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
    if !actor.isSystem { try acknowledge(incident) }
  }

  /// Keeps that a person did something about an incident now; what they did earlier counts, but
  /// nothing before there was the incident.
  private func acknowledge(_ incident: Int64) throws {
    try run(
      """
      UPDATE incidents SET acknowledged = max(created, ?1)
      WHERE id = ?2 AND (acknowledged IS NULL OR acknowledged > max(created, ?1))
      """,
      [now.ticks, incident]
    )
  }

  /// Puts an alert and its actions into an incident; the caller counts it anew.
  func place(_ alert: String, in incident: Int64) throws {
    try run("UPDATE alerts SET incident = ? WHERE id = ?", [incident, alert])
    try run("UPDATE actions SET incident = ? WHERE alert = ?", [incident, alert])
  }
}
