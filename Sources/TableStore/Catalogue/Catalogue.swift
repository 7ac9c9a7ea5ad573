import Columnar
import GRDB
import OperationalStore

/// The catalogue's rows inside one transaction of its database.
struct Catalogue {
  let database: Database
  /// The path of the store, for messages.
  let path: String

  /// The count of visible changes.
  func version() throws -> Int64 {
    try setting("version")
  }

  /// Counts a visible change and returns the new version.
  func advanceVersion() throws -> Int64 {
    try database.execute(
      sql: "UPDATE store_settings SET value = value + 1 WHERE name = 'version'"
    )
    return try version()
  }

  private func setting(_ name: String) throws -> Int64 {
    let value = try Int64.fetchOne(
      database,
      sql: "SELECT value FROM store_settings WHERE name = ?",
      arguments: [name]
    )
    guard let value else { throw damage("setting '\(name)' is missing") }
    return value
  }

  /// Reads all tenants with their tables and segments.
  func tenants() throws -> [TenantEntry] {
    let columns = try columnsByTable()
    let segments = try segmentsByTable()
    var tables: [Int64: [TableEntry]] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT tenant_id, id, name, next_sequence, retention_days FROM tables ORDER BY name
        """
    )
    while let row = try rows.next() {
      let id: Int64 = row[1]
      let entry = TableEntry(
        id: id,
        name: row[2],
        schema: Schema(columns[id] ?? []),
        nextSequence: row[3],
        retentionDays: row[4],
        segments: segments[id] ?? []
      )
      tables[row[0], default: []].append(entry)
    }
    return try Row.fetchAll(
      database,
      sql: "SELECT id, name, is_present FROM tenants ORDER BY name"
    ).map {
      TenantEntry(id: $0[0], name: $0[1], isPresent: $0[2], tables: tables[$0[0]] ?? [])
    }
  }

  private func columnsByTable() throws -> [Int64: [ColumnSchema]] {
    var columns: [Int64: [ColumnSchema]] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT table_id, name, type FROM table_columns ORDER BY table_id, position"
    )
    while let row = try rows.next() {
      let name: String = row[1]
      guard let type = ScalarType(name: row[2]) else {
        throw damage("column '\(name)' has no known type")
      }
      columns[row[0], default: []].append(ColumnSchema(name, type))
    }
    return columns
  }

  private func segmentsByTable() throws -> [Int64: [SegmentEntry]] {
    var segments: [Int64: [SegmentEntry]] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT table_id, \(Self.segmentColumns) FROM segments ORDER BY table_id, first_sequence"
    )
    while let row = try rows.next() {
      segments[row[0], default: []].append(try segment(row, from: 1))
    }
    return segments
  }

  /// The columns that `segment(_:from:)` reads.
  static let segmentColumns =
    "id, path, row_count, byte_count, checksum, minimum_time, maximum_time, runs"

  /// Reads a row of `segmentColumns` that start at a position.
  func segment(_ row: Row, from first: Int) throws -> SegmentEntry {
    let id: String = row[first]
    let rowCount: Int64 = row[first + 2]
    guard let runs = IngestionRun.decode(row[first + 7], rowCount: rowCount) else {
      throw damage("segment \(id) has damaged ingestion runs")
    }
    var times: ClosedRange<Int64>?
    if let minimum: Int64 = row[first + 5], let maximum: Int64 = row[first + 6] {
      guard minimum <= maximum else { throw damage("segment \(id) ends before it starts") }
      times = minimum...maximum
    }
    let relativePath: String = row[first + 1]
    return SegmentEntry(
      id: id,
      path: path + "/" + relativePath,
      rowCount: Int(rowCount),
      byteCount: row[first + 3],
      checksum: UInt64(bitPattern: row[first + 4]),
      times: times,
      runs: runs
    )
  }

  /// The id of a tenant, made if it is new.
  ///
  /// - Parameter isPresent: whether it counts as a tenant of the store from now on; one that does
  ///   already still will.
  func tenantID(making name: String, isPresent: Bool = true) throws -> Int64 {
    try database.execute(
      sql: """
        INSERT INTO tenants (name, is_present) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET is_present = is_present OR excluded.is_present
        """,
      arguments: [name, isPresent]
    )
    guard let id = try tenantID(name) else { throw damage("tenant '\(name)' was not made") }
    return id
  }

  /// The id of a tenant; nil where there is none.
  func tenantID(_ name: String) throws -> Int64? {
    try Int64.fetchOne(
      database,
      sql: "SELECT id FROM tenants WHERE name = ?",
      arguments: [name]
    )
  }

  /// The id of a table; nil where there is none.
  func tableID(_ name: String, of tenant: String) throws -> Int64? {
    guard let tenantID = try tenantID(tenant) else { return nil }
    return try Int64.fetchOne(
      database,
      sql: "SELECT id FROM tables WHERE tenant_id = ? AND name = ?",
      arguments: [tenantID, name]
    )
  }

  /// The id of a table, or a refusal that names it.
  func existingTableID(_ name: String, of tenant: String) throws -> Int64 {
    guard let id = try tableID(name, of: tenant) else {
      throw StoreFailure(.refused("tenant '\(tenant)' has no table '\(name)'"), path: path)
    }
    return id
  }

  /// A failure that says what of the catalogue cannot be.
  func damage(_ detail: String) -> StoreFailure {
    StoreFailure(.corrupt(detail: detail), path: path)
  }
}
