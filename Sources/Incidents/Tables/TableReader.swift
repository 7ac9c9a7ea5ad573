import Columnar
import GRDB
import OperationalStore

/// Reads what a tenant has, in the order in which it came.
struct TableReader {
  let database: Database
  let tenant: String

  /// The columns of rows that were ingested, beyond those of the product's table.
  func furtherColumns(of table: String) throws -> [ColumnSchema] {
    try IncidentReader(database: database).rows(
      """
      SELECT name, type FROM ingested_columns WHERE tenant = ? AND table_name = ? ORDER BY name
      """,
      [tenant, table]
    )
    .compactMap { row in
      ScalarType(name: row["type"]).map { ColumnSchema(row["name"], $0) }
    }
  }

  /// - Parameter body: gets each alert, and the cells that it came with where it came as a row.
  func alerts(
    _ table: IngestedTable,
    _ body: (IncidentAlert, [String: Scalar]?) throws -> Void
  ) throws {
    try each(
      """
      SELECT alerts.*, ingested_rows.cells FROM alerts LEFT JOIN ingested_rows
        ON alert = alerts.id AND position = 0 AND table_name = '\(table.rawValue)'
      WHERE tenant = ? ORDER BY created, alerts.id
      """
    ) { row in
      try body(IncidentAlert(row), Self.cells(row))
    }
  }

  /// The cells of a row that was ingested; both products' columns have its time.
  private static func cells(_ row: StatementRow) -> [String: Scalar]? {
    guard let stored: String = row["cells"] else { return nil }
    var cells = IngestedRow(stored: stored).cells
    cells["Timestamp"] = cells["Timestamp"] ?? cells["TimeGenerated"]
    cells["TimeGenerated"] = cells["TimeGenerated"] ?? cells["Timestamp"]
    return cells
  }

  /// - Parameter body: gets each thing, its alert, and the cells that it came with.
  func evidence(_ body: (Evidence, IncidentAlert, [String: Scalar]?) -> Void) throws {
    var last: IncidentAlert?
    try each(
      """
      SELECT alerts.*, alert_entities.kind, is_impacted, is_strong, identifiers, role, verdict,
        remediation, ingested_rows.cells
      FROM alerts JOIN alert_entities ON alert_entities.alert = alerts.id
        LEFT JOIN ingested_rows ON ingested_rows.alert = alerts.id
          AND ingested_rows.position = alert_entities.position
          AND ingested_rows.table_name = 'AlertEvidence'
      WHERE alerts.tenant = ? ORDER BY alerts.created, alerts.id, alert_entities.position
      """
    ) { row in
      let key: String = row["id"]
      let alert = last.flatMap { $0.key == key ? $0 : nil } ?? IncidentAlert(row)
      last = alert
      body(Evidence(row), alert, Self.cells(row))
    }
  }

  /// - Parameter body: gets each incident, and what Sentinel says of it where it is Sentinel's.
  func incidents(_ body: (IncidentRecord, SecurityRows.Mirrored?) throws -> Void) throws {
    let reader = IncidentReader(database: database)
    try each(
      """
      SELECT incidents.*, mirrored_incidents.cells, mirrored_incidents.taken
      FROM incidents LEFT JOIN mirrored_incidents ON incident = incidents.id AND is_imported = 1
      WHERE incidents.tenant = ? ORDER BY created, id
      """
    ) { row in
      let mirrored = Self.cells(row).map {
        SecurityRows.Mirrored(cells: $0, taken: DateTime(ticks: row["taken"]))
      }
      try body(IncidentRecord(Incident(row), reader), mirrored)
    }
  }

  /// - Parameter body: gets each entry, the number of its incident, and the entry's own, which
  ///   counts from 1 in the tenant, so that it tells nothing of others.
  func history(_ body: (HistoryEntry, Int64, Int64) -> Void) throws {
    var sequence: Int64 = 0
    try each(
      """
      SELECT history.*, incidents.number FROM history
      JOIN incidents ON incidents.id = history.incident
      WHERE history.tenant = ? ORDER BY history.id
      """
    ) { row in
      sequence += 1
      body(HistoryEntry(row), row["number"], sequence)
    }
  }

  private func each(_ sql: String, _ body: (StatementRow) throws -> Void) throws {
    try database.eachRow(prepared: sql, arguments: [tenant], body)
  }
}
