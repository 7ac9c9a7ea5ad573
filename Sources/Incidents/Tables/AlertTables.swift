public import Columnar
import Execution
public import Hunting
import OperationalStore
public import TableStore

/// Alerts, incidents and their history as rows of tables, made out of the database that holds them,
/// so that they never differ from it.
public struct AlertTables: TableSupplement {
  private let path: String
  private let store = Once<IncidentStore?>()

  /// - Parameter path: the folder of the store; its database is opened when a query reads it.
  public init(store path: String) { self.path = path }

  public var tables: [SuppliedTable] {
    ["AlertInfo", "AlertEvidence", "SecurityAlert"].map { name in
      SuppliedTable(name, arrival: SuppliedTable.hiddenArrival.name)
    } + [
      SuppliedTable("SecurityIncident"),
      SuppliedTable("IncidentHistory", columns: HistoryRows.columns),
    ]
  }

  public func rows(of table: String, tenant: String) throws -> ColumnTable {
    // A column that is left out has the tenant of the rows.
    let known = TableSchemas.environment(.hunting).lookup(table)?.columns
      .filter { $0.name != "TenantId" }
    let columns = columns(of: table) ?? known ?? []
    guard let store = try opened() else { return try RowBuilder(Schema(columns)).table }
    return try store.database.read { database in
      let reader = TableReader(database: database, tenant: tenant)
      let further = try reader.furtherColumns(of: table) + [SuppliedTable.hiddenArrival]
      var builder = RowBuilder(Schema(columns + further))
      switch table {
      case "AlertInfo":
        try reader.alerts(.alertInfo) {
          builder.append(($1 ?? AlertRows.info($0)).written($0))
        }
      case "AlertEvidence":
        try reader.evidence {
          builder.append(($2 ?? AlertRows.evidence($0, of: $1)).written($1))
        }
      case "SecurityAlert":
        let incidents = IncidentReader(database: database)
        try reader.alerts(.securityAlert) { alert, row in
          let cells =
            try row.map { SecurityRows.alert(alert, as: $0) }
            ?? SecurityRows.alert(alert, try incidents.evidence(ofAlert: alert.key))
          builder.append(cells.written(alert))
        }
      case "SecurityIncident":
        try reader.incidents { builder.append(SecurityRows.incident($0, as: $1)) }
      default:
        try reader.history { builder.append(HistoryRows.row($0, incident: $1, sequence: $2)) }
      }
      return try builder.table
    }
  }

  public func takesOver(_ table: String) -> Bool { IngestedTable(rawValue: table) != nil }

  public func hiddenRows(of table: TableEntry, tenant: String) throws -> HiddenRows? {
    guard let known = IngestedTable(rawValue: table.name), let store = try opened() else {
      return nil
    }
    return try store.database.read { database in
      let reader = IncidentReader(database: database)
      let last = try reader.position(of: known, id: table.id, tenant)
      if last == 0 { return nil }
      let values = try reader.knownKeys(of: known, tenant)
      return HiddenRows(column: known.key, values: values, last: last)
    }
  }

  private func opened() throws -> IncidentStore? {
    try store.value { try IncidentStore.open(store: path, access: .readOnly) }
  }
}

extension [String: Scalar] {
  /// With the time at which an alert, of which they are cells, was last written: cells may have a
  /// time of its product.
  fileprivate func written(_ alert: IncidentAlert) -> [String: Scalar] {
    merging([SuppliedTable.hiddenArrival.name: .datetime(alert.updated)]) { $1 }
  }
}
