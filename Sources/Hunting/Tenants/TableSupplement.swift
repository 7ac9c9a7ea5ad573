public import Columnar
public import Execution
public import TableStore

/// Rows of tenants' tables that are kept in a database and not in segments, beside those that were
/// ingested.
public protocol TableSupplement: Sendable {
  /// Its tables.
  var tables: [SuppliedTable] { get }

  /// A tenant's rows of a table, as they are now.
  func rows(of table: String, tenant: String) throws -> ColumnTable

  /// Those of a tenant's rows of a table that are wanted, with the columns that are; more of them
  /// does no harm.
  func rows(of table: String, tenant: String, _ wanted: WantedRows) throws -> ColumnTable

  /// Whether a tenant has rows of a table with times of events before one; nil where only reading
  /// the rows tells.
  func hasRows(
    of table: String,
    tenant: String,
    before ticks: Int64,
    at moment: ReadMoment
  ) throws -> Bool?

  /// Whether less is read of a table where less is wanted.
  func narrows(_ table: String) -> Bool

  /// Those of the rows that were ingested into a table which ``rows(of:tenant:)`` has too; nil
  /// where none are.
  func hiddenRows(
    of table: TableEntry,
    tenant: String,
    at moment: ReadMoment
  ) throws -> HiddenRows?

  /// Whether ``hiddenRows(of:tenant:at:)`` may hide rows of a table.
  func takesOver(_ table: String) -> Bool
}

/// A table of which a supplement has rows.
public struct SuppliedTable: Sendable {
  public let name: String
  /// The columns of one that no schema has; nil for those of schemas.
  public let columns: [ColumnSchema]?
  /// The column that tells when a row was last written, which is its `ingestion_time()`. It need
  /// not be one that queries see.
  public let arrival: String

  public init(_ name: String, columns: [ColumnSchema]? = nil, arrival: String = "Timestamp") {
    self.name = name
    self.columns = columns
    self.arrival = arrival
  }

  /// A column for ``arrival`` that no table has.
  public static let hiddenArrival = ColumnSchema("$IngestionTime", .datetime)
}

extension TableSupplement {
  public var tableNames: [String] { tables.map(\.name) }

  /// The columns of one of its tables that no schema has; nil for those of schemas and for tables
  /// of others.
  public func columns(of table: String) -> [ColumnSchema]? {
    tables.first { $0.name == table }?.columns
  }

  public func rows(
    of table: String,
    tenant: String,
    _ wanted: WantedRows
  ) throws -> ColumnTable { try rows(of: table, tenant: tenant) }

  public func hasRows(
    of table: String,
    tenant: String,
    before ticks: Int64,
    at moment: ReadMoment
  ) throws -> Bool? { nil }

  public func narrows(_ table: String) -> Bool { false }

  public func hiddenRows(
    of table: TableEntry,
    tenant: String,
    at moment: ReadMoment
  ) throws -> HiddenRows? { nil }

  public func takesOver(_ table: String) -> Bool { false }
}
