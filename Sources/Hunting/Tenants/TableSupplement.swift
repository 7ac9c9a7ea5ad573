public import Columnar
import Execution
import FileAccess
import QueryPlan
import Segments
public import TableStore

/// Rows of tenants' tables that are kept in a database and not in segments, beside those that were
/// ingested.
public protocol TableSupplement: Sendable {
  /// Its tables.
  var tables: [SuppliedTable] { get }

  /// A tenant's rows of a table, as they are now.
  func rows(of table: String, tenant: String) throws -> ColumnTable

  /// Those of the rows that were ingested into a table which ``rows(of:tenant:)`` has too; nil
  /// where none are.
  func hiddenRows(of table: TableEntry, tenant: String) throws -> HiddenRows?

  /// Whether ``hiddenRows(of:tenant:)`` may hide rows of a table.
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

  public func hiddenRows(of table: TableEntry, tenant: String) throws -> HiddenRows? { nil }
  public func takesOver(_ table: String) -> Bool { false }
}

/// Rows of a supplement as a segment in memory, made when a query first looks at them.
final class SuppliedSegment: StoredSegment {
  private let supplement: any TableSupplement
  private let table: String
  private let tenant: String
  private let constants: [String: Scalar]
  /// nil where there are no rows.
  private let segment = Once<Segment?>()
  private let times = Once<RowTimes?>()

  init(
    _ supplement: any TableSupplement,
    table: String,
    tenant: String,
    constants: [String: Scalar]
  ) {
    self.supplement = supplement
    self.table = table
    self.tenant = tenant
    self.constants = constants
  }

  /// Where the rows cannot be read there seems to be one, so that ``open()`` is asked why.
  var rowCount: Int {
    do {
      return try segment.value(read)?.rowCount ?? 0
    } catch {
      return 1
    }
  }

  /// nil also where the rows cannot be read, so that ``open()`` is asked why.
  var timeBounds: (column: String, range: ClosedRange<Int64>)? {
    ((try? segment.value(read)) ?? nil).flatMap { OpenSegment($0).timeBounds }
  }

  func standIn(for column: String) -> String? { EventTime.standIn(for: column) }

  func constant(named column: String) -> Scalar? { constants[column] }

  /// The rows have no numbers of their own.
  func arrivals(_ arrival: RowArrival) -> RowTimes? {
    arrival == .time ? (try? times.value(readTimes)) ?? nil : nil
  }

  /// nil where no column has the times of all rows.
  private func readTimes() throws -> RowTimes? {
    guard let segment = try segment.value(read),
      let name = supplement.tables.first(where: { $0.name == table })?.arrival,
      let index = segment.schema.index(of: name)
    else { return nil }
    let reader = try segment.column(index)
    try reader.ensure(0..<segment.rowCount)
    var times = RowTimes()
    for row in 0..<segment.rowCount {
      guard case .datetime(let time) = reader.vector.scalar(at: row) else { return nil }
      times.append(count: 1, ticks: time.ticks)
    }
    return times
  }

  func open() throws -> Segment {
    if let segment = try segment.value(read) { return segment }
    throw QueryFailure(.input, "the rows of '\(table)' changed while they were read")
  }

  private func read() throws -> Segment? {
    do {
      let rows = try supplement.rows(of: table, tenant: tenant)
      if rows.rowCount == 0 { return nil }
      let writer = SegmentWriter(
        schema: rows.schema,
        timeColumn: EventTime.column(of: table)
      )
      for chunk in rows.chunks { writer.append(chunk) }
      let encoded = writer.finish(id: SegmentID(high: 0, low: 0))
      return try Segment(inMemory: encoded.pieces)
    } catch {
      throw QueryFailure(.input, "the rows of '\(table)' cannot be read: \(error)")
    }
  }
}
