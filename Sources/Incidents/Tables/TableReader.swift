import Columnar
import GRDB
import Hunting
import OperationalStore

/// Reads what a tenant has, in the order in which it came.
struct TableReader {
  let database: Database
  let tenant: String
  let wanted: WantedRows

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
    let own = try RowsAsTheyCame(isThere: hasRows(of: table), table)
    try each(
      """
      SELECT alerts.*, \(own.cells) FROM alerts \(own.join(position: "0"))
      WHERE tenant = ? AND created BETWEEN ? AND ? ORDER BY created, alerts.id
      """,
      within: own.isThere ? nil : wanted.times
    ) { row in
      try body(IncidentAlert(row), Self.cells(row))
    }
  }

  /// nil where rows have times of their own.
  func hasRows(of table: String, before ticks: Int64) throws -> Bool? {
    if let ingested = IngestedTable(rawValue: table), ingested != .securityIncident,
      try hasRows(of: ingested)
    {
      return nil
    }
    let (rows, time) =
      switch table {
      case "AlertInfo", "SecurityAlert": ("alerts", "created")
      case "AlertEvidence": ("alerts JOIN alert_entities ON alert = id", "created")
      case "SecurityIncident": ("incidents", "updated")
      default: ("history", "at")
      }
    return try !IncidentReader(database: database).rows(
      "SELECT 1 FROM \(rows) WHERE tenant = ? AND \(time) < ? LIMIT 1",
      [tenant, ticks]
    )
    .isEmpty
  }

  /// Whether rows of a table came as they are: they have times of their own.
  private func hasRows(of table: IngestedTable) throws -> Bool {
    try !IncidentReader(database: database).rows(
      "SELECT 1 FROM ingested_positions WHERE tenant = ? AND table_name = ?",
      [tenant, table.rawValue]
    )
    .isEmpty
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
    let own = try RowsAsTheyCame(isThere: hasRows(of: .alertEvidence), .alertEvidence)
    var last: IncidentAlert?
    try each(
      """
      SELECT alerts.*, alert_entities.kind, is_impacted, is_strong, identifiers, role, verdict,
        remediation, \(own.cells)
      FROM alerts JOIN alert_entities ON alert_entities.alert = alerts.id
        \(own.join(position: "alert_entities.position"))
      WHERE tenant = ? AND created BETWEEN ? AND ?
      ORDER BY created, alerts.id, alert_entities.position
      """,
      within: own.isThere ? nil : wanted.times
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
    let parts = SecurityRows.parts(for: wanted)
    try each(
      """
      SELECT incidents.*, mirrored_incidents.cells, mirrored_incidents.taken
      FROM incidents LEFT JOIN mirrored_incidents ON incident = incidents.id AND is_imported = 1
      WHERE incidents.tenant = ? AND updated BETWEEN ? AND ? ORDER BY created, id
      """,
      within: wanted.times
    ) { row in
      let mirrored = Self.cells(row).map {
        SecurityRows.Mirrored(cells: $0, taken: DateTime(ticks: row["taken"]))
      }
      let record = try IncidentRecord(Incident(row), reader, mirrored == nil ? parts : .all)
      try body(record, mirrored)
    }
  }

  /// - Parameter body: gets each entry, the number of its incident, and the entry's own, which
  ///   counts from 1 in the tenant, so that it tells nothing of others.
  func history(_ body: (HistoryEntry, Int64, Int64) -> Void) throws {
    var sequence: Int64 = 0
    try database.eachRow(
      prepared: """
        SELECT history.*, incidents.number FROM history
        JOIN incidents ON incidents.id = history.incident
        WHERE history.tenant = ? ORDER BY history.id
        """,
      arguments: [tenant]
    ) { row in
      sequence += 1
      let at: Int64 = row["at"]
      if wanted.times?.contains(at) ?? true {
        body(HistoryEntry(row), row["number"], sequence)
      }
    }
  }

  /// - Parameter sql: wants the tenant, and the first and the last of the times; nil for all.
  private func each(
    _ sql: String,
    within times: ClosedRange<Int64>?,
    _ body: (StatementRow) throws -> Void
  ) throws {
    let times = times ?? Int64.min...Int64.max
    try database.eachRow(
      prepared: sql,
      arguments: [tenant, times.lowerBound, times.upperBound],
      body
    )
  }
}

/// The rows of a table that alerts of a tenant came as, where there are any.
private struct RowsAsTheyCame {
  let isThere: Bool
  private let table: IngestedTable

  init(isThere: Bool, _ table: IngestedTable) {
    self.isThere = isThere
    self.table = table
  }

  /// The column of their cells.
  var cells: String { isThere ? "ingested_rows.cells" : "NULL AS cells" }

  func join(position: String) -> String {
    guard isThere else { return "" }
    return """
      LEFT JOIN ingested_rows ON ingested_rows.alert = alerts.id
        AND ingested_rows.position = \(position)
        AND ingested_rows.table_name = '\(table.rawValue)'
      """
  }
}

extension TableReader {
  /// - Parameter body: gets the cells of each row of a table.
  func rows(of table: String, _ body: ([String: Scalar]) -> Void) throws {
    switch table {
    case "AlertInfo":
      let maker = CellMaker(AlertRows.info, only: wanted)
      try alerts(.alertInfo) { body(($1 ?? maker.cells(of: $0)).written($0)) }
    case "AlertEvidence":
      var maker = EvidenceCells(wanted)
      try evidence { body(($2 ?? maker.row($0, of: $1)).written($1)) }
    case "SecurityAlert": try securityAlerts(body)
    case "SecurityIncident":
      let maker = CellMaker(SecurityRows.incident, only: wanted)
      try incidents { body(SecurityRows.incident($0, as: $1, maker)) }
    default: try history { body(HistoryRows.row($0, incident: $1, sequence: $2)) }
    }
  }

  private func securityAlerts(_ body: ([String: Scalar]) -> Void) throws {
    let maker = CellMaker(SecurityAlertRows.columns, only: wanted)
    let hasEvidence = maker.has(SecurityAlertRows.ofEvidence)
    let incidents = IncidentReader(database: database)
    try alerts(.securityAlert) { alert, row in
      if let row { return body(SecurityAlertRows.alert(alert, as: row).written(alert)) }
      let evidence = hasEvidence ? try incidents.evidence(ofAlert: alert.key) : []
      let item = SecurityAlertRows.Item(alert: alert, evidence: evidence)
      body(maker.cells(of: item).written(alert))
    }
  }
}

extension [String: Scalar] {
  /// With the time at which an alert, of which they are cells, was last written: cells may have a
  /// time of its product.
  fileprivate func written(_ alert: IncidentAlert) -> [String: Scalar] {
    merging([SuppliedTable.hiddenArrival.name: .datetime(alert.updated)]) { $1 }
  }
}
