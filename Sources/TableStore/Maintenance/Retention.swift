import FileAccess
import GRDB
public import OperationalStore

extension TableStore {
  private static let ticksOfDay: Int64 = 864_000_000_000

  /// Removes the segments of a table of which every row is older than `ticks`, and returns how
  /// many.
  ///
  /// A row's age is that of its time column, but never less than the time since its ingestion,
  /// so that a time in the future keeps no row for ever; without a time column the ingestion
  /// time counts.
  public func removeSegments(
    olderThan ticks: Int64,
    tenant: String,
    table: String
  ) throws(StoreFailure) -> Int {
    let count = try commit([]) { catalogue in
      let tableID = try catalogue.existingTableID(table, of: tenant)
      return try catalogue.removeSegments(of: tableID, olderThan: ticks)
    }
    deleteRemovedFilesIfPossible()
    return count
  }

  /// Sets after how many days segments of a table go; nil keeps them.
  public func setRetention(
    days: Int?,
    tenant: String,
    table: String
  ) throws(StoreFailure) {
    if let days, days < 1 || days > 36_500 {
      throw refusal("retention of \(days) days is not between 1 and 36500")
    }
    try commit([]) { catalogue in
      let tableID = try catalogue.existingTableID(table, of: tenant)
      _ = try catalogue.advanceVersion()
      try catalogue.database.execute(
        sql: "UPDATE tables SET retention_days = ? WHERE id = ?",
        arguments: [days, tableID]
      )
    }
  }

  /// Removes what the tables' retention lets go now, and returns how many segments.
  @discardableResult
  public func applyRetention() throws(StoreFailure) -> Int {
    let now = environment.clock.wallTicks
    let count = try commit([]) { catalogue in
      var count = 0
      for (tableID, days) in try catalogue.retentionDays() {
        let ticks = now &- days &* Self.ticksOfDay
        count += try catalogue.removeSegments(of: tableID, olderThan: ticks)
      }
      return count
    }
    deleteRemovedFilesIfPossible()
    return count
  }

  /// Removes a table of a tenant with its segments and dead letters.
  ///
  /// Batches that landed in it stay known, so that they do not land again.
  public func remove(table: String, of tenant: String) throws(StoreFailure) {
    try commit([]) { catalogue in
      let tableID = try catalogue.existingTableID(table, of: tenant)
      try catalogue.removeTable(tableID)
    }
    deleteRemovedFilesIfPossible()
  }
}

extension Catalogue {
  /// Removes the segments of a table of which every row is older than `ticks`.
  func removeSegments(of tableID: Int64, olderThan ticks: Int64) throws -> Int {
    let ids = try String.fetchAll(
      database,
      sql: """
        SELECT id FROM segments
        WHERE table_id = ? AND min(coalesce(maximum_time, last_ingested), last_ingested) < ?
        """,
      arguments: [tableID, ticks]
    )
    if ids.isEmpty { return 0 }
    let version = try advanceVersion()
    for id in ids { try removeSegment(id, at: version) }
    return ids.count
  }

  /// The tables that have a retention, with its days.
  func retentionDays() throws -> [(Int64, Int64)] {
    try Row.fetchAll(
      database,
      sql: "SELECT id, retention_days FROM tables WHERE retention_days IS NOT NULL"
    ).map { ($0[0], $0[1]) }
  }

  /// Removes a table and all that belongs to it.
  func removeTable(_ tableID: Int64) throws {
    let version = try advanceVersion()
    for table in ["segments", "dead_letter_files"] {
      try database.execute(
        sql: "INSERT INTO removed_files SELECT path, ? FROM \(table) WHERE table_id = ?",
        arguments: [version, tableID]
      )
      try database.execute(sql: "DELETE FROM \(table) WHERE table_id = ?", arguments: [tableID])
    }
    try database.execute(sql: "DELETE FROM tables WHERE id = ?", arguments: [tableID])
  }
}
