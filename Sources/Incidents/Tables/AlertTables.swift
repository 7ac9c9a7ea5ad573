public import Columnar
public import Execution
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
    try rows(of: table, tenant: tenant, .all)
  }

  public func rows(
    of table: String,
    tenant: String,
    _ wanted: WantedRows
  ) throws -> ColumnTable {
    // A column that is left out has the tenant of the rows.
    let known = TableSchemas.environment(.hunting).lookup(table)?.columns
      .filter { $0.name != "TenantId" }
    let columns = columns(of: table) ?? known ?? []
    guard let snapshot = try snapshot(at: wanted.moment) else {
      return try RowBuilder(Schema(columns)).table
    }
    return try snapshot.read { database in
      let reader = TableReader(database: database, tenant: tenant, wanted: wanted)
      let further = try reader.furtherColumns(of: table) + [SuppliedTable.hiddenArrival]
      var builder = RowBuilder(Schema((columns + further).filter { wanted.has($0.name) }))
      try reader.rows(of: table) { builder.append($0) }
      return try builder.table
    }
  }

  public func hasRows(
    of table: String,
    tenant: String,
    before ticks: Int64,
    at moment: ReadMoment
  ) throws -> Bool? {
    guard let snapshot = try snapshot(at: moment) else { return false }
    return try snapshot.read { database in
      try TableReader(database: database, tenant: tenant, wanted: .all)
        .hasRows(of: table, before: ticks)
    }
  }

  public func narrows(_ table: String) -> Bool { true }

  public func takesOver(_ table: String) -> Bool { IngestedTable(rawValue: table) != nil }

  public func hiddenRows(
    of table: TableEntry,
    tenant: String,
    at moment: ReadMoment
  ) throws -> HiddenRows? {
    guard let known = IngestedTable(rawValue: table.name),
      let snapshot = try snapshot(at: moment)
    else { return nil }
    return try snapshot.read { database in
      let reader = IncidentReader(database: database)
      let last = try reader.position(of: known, id: table.id, tenant)
      if last == 0 { return nil }
      let values = try reader.knownKeys(of: known, tenant)
      return HiddenRows(column: known.key, values: values, last: last)
    }
  }

  /// The database at the moment of a query; nil where there is none.
  private func snapshot(at moment: ReadMoment) throws -> OperationalSnapshot? {
    try moment.value(of: "AlertTables " + path) { try opened()?.database.snapshot() }
  }

  private func opened() throws -> IncidentStore? {
    try store.value { try IncidentStore.open(store: path, access: .readOnly) }
  }
}
