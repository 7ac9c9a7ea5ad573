import Alerts
public import Columnar
import DetectionRules
import Execution
import GRDB
public import Hunting
import OperationalStore

/// Alerts, incidents and their history as rows of tables, made out of the database that holds them,
/// so that they never differ from it.
public struct AlertTables: TableSupplement {
  private let path: String
  private let store = Once<IncidentStore?>()

  /// - Parameter path: the folder of the store; its database is opened when a query reads it.
  public init(store path: String) { self.path = path }

  public var tableNames: [String] {
    ["AlertInfo", "AlertEvidence", "SecurityAlert", "SecurityIncident", "IncidentHistory"]
  }

  public func columns(of table: String) -> [ColumnSchema]? {
    table == "IncidentHistory" ? HistoryRows.columns : nil
  }

  public func rows(of table: String, tenant: String) throws -> ColumnTable {
    // A column that is left out has the tenant of the rows.
    let known = TableSchemas.environment(.hunting).lookup(table)?.columns
      .filter { $0.name != "TenantId" }
    var builder = RowBuilder(Schema(columns(of: table) ?? known ?? []))
    guard let store = try store.value({ try IncidentStore.open(store: path, access: .readOnly) })
    else { return builder.table }
    try store.database.read { database in
      let reader = TableReader(database: database, tenant: tenant)
      switch table {
      case "AlertInfo": try reader.alerts { builder.append(AlertRows.info($0)) }
      case "AlertEvidence":
        try reader.evidence { builder.append(AlertRows.evidence($0, of: $1)) }
      case "SecurityAlert":
        try reader.alerts { builder.append(SecurityRows.alert($0)) }
      case "SecurityIncident":
        try reader.incidents { builder.append(SecurityRows.incident($0)) }
      default: try reader.history { builder.append(HistoryRows.row($0, incident: $1)) }
      }
    }
    return builder.table
  }
}

/// Reads what a tenant has, in the order in which it came.
private struct TableReader {
  let database: Database
  let tenant: String

  func alerts(_ body: (IncidentAlert) -> Void) throws {
    try each("SELECT * FROM alerts WHERE tenant = ? ORDER BY created, id") {
      body(IncidentAlert($0))
    }
  }

  func evidence(_ body: (Evidence, IncidentAlert) -> Void) throws {
    var last: IncidentAlert?
    try each(
      """
      SELECT alerts.*, alert_entities.kind, is_impacted, is_strong, identifiers, role, verdict,
        remediation
      FROM alerts JOIN alert_entities ON alert_entities.alert = alerts.id
      WHERE alerts.tenant = ? ORDER BY alerts.created, alerts.id, alert_entities.position
      """
    ) { row in
      let key: String = row["id"]
      let alert = last.flatMap { $0.key == key ? $0 : nil } ?? IncidentAlert(row)
      last = alert
      body(Evidence(row), alert)
    }
  }

  func incidents(_ body: (IncidentRecord) throws -> Void) throws {
    let reader = IncidentReader(database: database)
    try each("SELECT * FROM incidents WHERE tenant = ? ORDER BY created, id") { row in
      try body(IncidentRecord(Incident(row), reader))
    }
  }

  func history(_ body: (HistoryEntry, Int64) -> Void) throws {
    try each(
      """
      SELECT history.*, incidents.number FROM history
      JOIN incidents ON incidents.id = history.incident
      WHERE history.tenant = ? ORDER BY history.id
      """
    ) { body(HistoryEntry($0), $0["number"]) }
  }

  private func each(_ sql: String, _ body: (Row) throws -> Void) throws {
    let rows = try Row.fetchCursor(database, sql: sql, arguments: [tenant])
    while let row = try rows.next() { try body(row) }
  }
}
