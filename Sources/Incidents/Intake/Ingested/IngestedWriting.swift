import Alerts
import Columnar
import DetectionRules
import GRDB
import Hunting

extension IncidentReading {
  /// The rows of a table that an alert was made of, in the order of their positions.
  func ingestedRows(of alert: String, _ table: IngestedTable) throws -> [Int: String] {
    let found = try rows(
      "SELECT position, cells FROM ingested_rows WHERE alert = ? AND table_name = ?",
      [alert, table.rawValue]
    )
    return Dictionary(
      found.map { ($0["position"] as Int, $0["cells"] as String) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Up to which row a table was taken.
  func position(of table: IngestedTable, id: Int64, _ tenant: String) throws -> Int64 {
    try rows(
      """
      SELECT sequence FROM ingested_positions
      WHERE tenant = ? AND table_name = ? AND table_id = ?
      """,
      [tenant, table.rawValue, id]
    )
    .first?["sequence"] ?? 0
  }
}

extension IncidentReading {
  /// What rows of a table are about of which the database knows.
  func knownKeys(of table: IngestedTable, _ tenant: String) throws -> Set<String> {
    let sql =
      switch table {
      case .alertInfo, .alertEvidence, .securityAlert:
        """
        SELECT coalesce(provider_id, id) AS key FROM alerts WHERE tenant = ?1
        UNION ALL SELECT alias FROM alert_aliases WHERE tenant = ?1
        """
      case .securityIncident:
        """
        SELECT tenant || '/' || number AS key FROM incidents WHERE tenant = ?1
        UNION ALL SELECT name FROM mirrored_incidents WHERE tenant = ?1
        """
      }
    return Set(try rows(sql, [tenant]).map { $0["key"] })
  }
}

extension IncidentWriter {
  func setPosition(
    of table: IngestedTable,
    id: Int64,
    _ tenant: String,
    to sequence: Int64
  ) throws {
    try run(
      """
      INSERT OR REPLACE INTO ingested_positions (tenant, table_name, table_id, sequence)
      VALUES (?, ?, ?, ?)
      """,
      [tenant, table.rawValue, id, sequence]
    )
  }

  /// Keeps a row that an alert was made of, that its tenant has some of that table, and which
  /// columns it has beyond the product's.
  func keep(
    _ row: IngestedRow,
    of alert: String,
    _ table: IngestedTable,
    _ tenant: String,
    at position: Int
  ) throws {
    try run(
      """
      INSERT OR REPLACE INTO ingested_rows (alert, table_name, position, cells)
      VALUES (?, ?, ?, ?)
      """,
      [alert, table.rawValue, position, row.stored]
    )
    try run(
      """
      INSERT OR IGNORE INTO ingested_positions (tenant, table_name, table_id, sequence)
      VALUES (?, ?, 0, 0)
      """,
      [tenant, table.rawValue]
    )
    try keepColumns(of: row, table, tenant)
  }

  func keepColumns(of row: IngestedRow, _ table: IngestedTable, _ tenant: String) throws {
    for (name, cell) in row.cells where !table.knownColumns.contains(name) {
      try run(
        """
        INSERT OR IGNORE INTO ingested_columns (tenant, table_name, name, type)
        VALUES (?, ?, ?, ?)
        """,
        [tenant, table.rawValue, name, cell.type.name]
      )
    }
  }

  /// Keeps a further id of an alert; one that is another alert's stays that.
  func keep(alias: String, of alert: String, _ tenant: String) throws {
    try run(
      "INSERT OR IGNORE INTO alert_aliases (tenant, alias, alert) VALUES (?, ?, ?)",
      [tenant, alias, alert]
    )
  }
}

/// A table whose rows become alerts or incidents.
enum IngestedTable: String, CaseIterable {
  case alertInfo = "AlertInfo"
  case alertEvidence = "AlertEvidence"
  case securityAlert = "SecurityAlert"
  case securityIncident = "SecurityIncident"

  /// The column that tells what a row is about.
  var key: String {
    switch self {
    case .alertInfo, .alertEvidence: "AlertId"
    case .securityAlert: "SystemAlertId"
    case .securityIncident: "IncidentName"
    }
  }

  /// The columns that the product's tables have.
  var columns: [ColumnSchema] {
    TableSchemas.environment(.hunting).lookup(rawValue)?.columns ?? []
  }

  fileprivate var knownColumns: Set<String> { Self.known[self] ?? [] }

  private static let known = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, Set($0.columns.map(\.name))) }
  )
}
