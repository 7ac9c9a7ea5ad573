import Columnar
import GRDB
import OperationalStore

/// Changes of the catalogue; each is part of a transaction that its caller commits.
extension Catalogue {
  /// The id of a table, made or widened so that it has the columns of `schema`.
  func tableID(making name: String, of tenantID: Int64, with schema: Schema) throws -> Int64 {
    try database.execute(
      sql: """
        INSERT INTO tables (tenant_id, name, next_sequence) VALUES (?, ?, 1) ON CONFLICT DO NOTHING
        """,
      arguments: [tenantID, name]
    )
    let found = try Int64.fetchOne(
      database,
      sql: "SELECT id FROM tables WHERE tenant_id = ? AND name = ?",
      arguments: [tenantID, name]
    )
    guard let id = found else { throw damage("table '\(name)' was not made") }
    try addColumns(of: schema, to: id, named: name)
    return id
  }

  /// Adds the columns that a table does not have; another type under a known name is refused.
  private func addColumns(of schema: Schema, to tableID: Int64, named table: String) throws {
    var types: [String: String] = [:]
    let known = try Row.fetchAll(
      database,
      sql: "SELECT name, type FROM table_columns WHERE table_id = ?",
      arguments: [tableID]
    )
    for row in known { types[row[0]] = row[1] }
    for column in schema.columns {
      if let type = types[column.name] {
        if type == column.type.name { continue }
        throw StoreFailure(
          .refused(
            "column '\(column.name)' of table '\(table)' is \(type), not \(column.type.name)"
          ),
          path: path
        )
      }
      try database.execute(
        sql: "INSERT INTO table_columns VALUES (?, ?, ?, ?)",
        arguments: [tableID, types.count, column.name, column.type.name]
      )
      types[column.name] = column.type.name
    }
  }

  /// Takes the sequence numbers of a table's next `count` rows and returns the first of them.
  func takeSequence(_ count: Int64, of tableID: Int64) throws -> Int64 {
    let found = try Int64.fetchOne(
      database,
      sql: "SELECT next_sequence FROM tables WHERE id = ?",
      arguments: [tableID]
    )
    guard let first = found, first > 0, first <= Int64.max - count else {
      throw damage("the sequence of table \(tableID) is missing or at its end")
    }
    try database.execute(
      sql: "UPDATE tables SET next_sequence = ? WHERE id = ?",
      arguments: [first + count, tableID]
    )
    return first
  }

  /// Makes a segment visible.
  func insert(_ segment: StagedSegment, into tableID: Int64, runs: [IngestionRun]) throws {
    guard let first = runs.first, let last = runs.last,
      let ingested = runs.map(\.ingestedTicks).max()
    else { throw damage("segment \(segment.id) has no rows") }
    try database.execute(
      sql: "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        segment.id, tableID, segment.relativePath, segment.rowCount, segment.byteCount,
        Int64(bitPattern: segment.checksum), segment.times?.lowerBound, segment.times?.upperBound,
        first.firstSequence, last.lastSequence, ingested, IngestionRun.encode(runs),
      ]
    )
  }

  /// Makes a segment invisible; its file is deleted once no earlier snapshot is left.
  func removeSegment(_ id: String, at version: Int64) throws {
    try database.execute(
      sql: "INSERT INTO removed_files SELECT path, ? FROM segments WHERE id = ?",
      arguments: [version, id]
    )
    try database.execute(sql: "DELETE FROM segments WHERE id = ?", arguments: [id])
  }

  /// Forgets a file of dead letters; it is deleted as a segment is. False where it is unknown.
  func removeDeadLetters(_ id: String, at version: Int64) throws -> Bool {
    try database.execute(
      sql: "INSERT INTO removed_files SELECT path, ? FROM dead_letter_files WHERE id = ?",
      arguments: [version, id]
    )
    try database.execute(sql: "DELETE FROM dead_letter_files WHERE id = ?", arguments: [id])
    return database.changesCount > 0
  }

  /// Files that no snapshot of `version` or later has, by path below the store's folder.
  func removedFiles() throws -> [(path: String, version: Int64)] {
    try Row.fetchAll(database, sql: "SELECT path, version FROM removed_files ORDER BY version")
      .map { (path: $0[0], version: $0[1]) }
  }

  /// Forgets a removed file that is deleted.
  func forgetRemovedFile(_ path: String) throws {
    try database.execute(sql: "DELETE FROM removed_files WHERE path = ?", arguments: [path])
  }

  /// All files that the catalogue knows, by path below the store's folder.
  func knownFiles() throws -> Set<String> {
    try String.fetchSet(
      database,
      sql: """
        SELECT path FROM segments UNION ALL SELECT path FROM dead_letter_files
        UNION ALL SELECT path FROM removed_files
        """
    )
  }
}
