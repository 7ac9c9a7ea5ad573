import GRDB
public import OperationalStore

extension TableStore {
  /// Puts new segments in the place of old ones that hold the same rows in the same order.
  ///
  /// The old ones are segments of one table that follow each other; rows keep their sequence
  /// numbers and ingestion times. Readers see all old or all new ones. Where an old segment is
  /// gone already, because retention was faster, it is refused and nothing changes.
  public func replace(
    _ old: [SegmentEntry],
    with new: [StagedSegment]
  ) throws(StoreFailure) {
    try commit(new.map(\.move)) { try $0.replace(old.map(\.id), with: new) }
    deleteRemovedFilesIfPossible()
  }
}

extension Catalogue {
  /// Moves the runs of old segments, in order, onto new ones.
  func replace(_ old: [String], with new: [StagedSegment]) throws {
    let (tableID, entries) = try consecutiveSegments(old)
    var runs = IngestionRun.joined(entries.flatMap(\.runs))
    let oldRows = entries.reduce(0) { $0 + Int64($1.rowCount) }
    let newRows = new.reduce(0) { $0 + Int64($1.rowCount) }
    if oldRows != newRows {
      throw refusal("segments of \(oldRows) rows cannot be replaced by \(newRows) rows")
    }
    let version = try advanceVersion()
    for id in old { try removeSegment(id, at: version) }
    let tenantID = try Int64.fetchOne(
      database,
      sql: "SELECT tenant_id FROM tables WHERE id = ?",
      arguments: [tableID]
    )
    for segment in new {
      let target = try stagedTableID(of: segment, in: tenantID)
      if target != tableID { throw refusal("segment \(segment.id) is of another table") }
      let own = IngestionRun.takeFirst(Int64(segment.rowCount), from: &runs)
      try insert(segment, into: tableID, runs: own)
    }
  }

  /// The table that a new segment was staged for, with its columns added.
  private func stagedTableID(of segment: StagedSegment, in tenantID: Int64?) throws -> Int64 {
    guard let tenantID, try self.tenantID(segment.tenant) == tenantID else {
      throw refusal("segment \(segment.id) is of another tenant")
    }
    return try tableID(making: segment.table, of: tenantID, with: segment.schema)
  }

  /// Finds live segments and their table; refuses where they do not follow each other.
  private func consecutiveSegments(_ ids: [String]) throws -> (Int64, [SegmentEntry]) {
    var table: Int64?
    var entries: [SegmentEntry] = []
    for id in ids {
      let row = try Row.fetchOne(
        database,
        sql: "SELECT table_id, \(Self.segmentColumns) FROM segments WHERE id = ?",
        arguments: [id]
      )
      guard let row else { throw refusal("segment \(id) is not in the store any more") }
      if let table, table != row[0] { throw refusal("segments of two tables were named") }
      table = row[0]
      entries.append(try segment(row, from: 1))
    }
    guard let table, let first = entries.first, let last = entries.last else {
      throw refusal("no segment was named")
    }
    let between = try Int.fetchOne(
      database,
      sql: """
        SELECT count(*) FROM segments
        WHERE table_id = ? AND first_sequence BETWEEN ? AND ?
        """,
      arguments: [table, first.firstSequence, last.firstSequence]
    )
    let isRising = zip(entries, entries.dropFirst()).allSatisfy {
      $0.lastSequence < $1.firstSequence
    }
    if !isRising || between != entries.count {
      throw refusal("the segments do not follow each other")
    }
    return (table, entries)
  }

  private func refusal(_ why: String) -> StoreFailure { StoreFailure(.refused(why), path: path) }
}
