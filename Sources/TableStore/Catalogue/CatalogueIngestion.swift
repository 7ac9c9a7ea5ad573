import Columnar
import GRDB
import OperationalStore

/// A batch whose files are on disk.
struct Arrival: Sendable {
  /// The tenant under which the batch is known, whose are the dead letters.
  let tenant: String
  /// Whether the tenant only keeps the batch, whose rows name theirs.
  let isCustodian: Bool
  let batch: String
  let ingestedTicks: Int64
  let segments: [StagedSegment]
  let letters: [DeadLetterSummary]
  /// Files of dead letters whose lines are in the batch again.
  let replayed: [String]
}

extension Catalogue {
  /// Makes a batch visible, or tells the counts of the one of its name that landed before.
  func ingest(_ arrival: Arrival) throws -> IngestionOutcome {
    if let earlier = try findBatch(arrival.batch, of: arrival.tenant) { return earlier }
    let tenantID = try tenantID(making: arrival.tenant, isPresent: !arrival.isCustodian)
    let version = try advanceVersion()
    var accepted: Int64 = 0
    var acceptedByTenant: [Int64: Int64] = [:]
    for segment in arrival.segments {
      let owner = try self.tenantID(making: segment.tenant)
      let tableID = try tableID(making: segment.table, of: owner, with: segment.schema)
      let rowCount = Int64(segment.rowCount)
      let run = IngestionRun(
        firstSequence: try takeSequence(rowCount, of: tableID),
        rowCount: rowCount,
        ingestedTicks: arrival.ingestedTicks
      )
      try insert(segment, into: tableID, runs: [run])
      accepted += rowCount
      acceptedByTenant[owner, default: 0] += rowCount
    }
    var letterCount: Int64 = 0
    for letters in arrival.letters {
      try insert(letters, of: arrival, tenantID: tenantID)
      letterCount += letters.letterCount
    }
    for id in arrival.replayed where try !removeDeadLetters(id, at: version) {
      throw StoreFailure(.refused("there are no dead letters '\(id)'"), path: path)
    }
    acceptedByTenant[tenantID] = accepted
    for (owner, count) in acceptedByTenant {
      try remember(arrival, owner, accepted: count, letters: owner == tenantID ? letterCount : 0)
    }
    return IngestionOutcome(
      isNew: true,
      acceptedRows: accepted,
      deadLetters: letterCount,
      ingestedTicks: arrival.ingestedTicks
    )
  }

  /// Keeps the name of a batch, so that it does not land again for a tenant that has rows of it.
  private func remember(
    _ arrival: Arrival,
    _ tenantID: Int64,
    accepted: Int64,
    letters: Int64
  ) throws {
    let known = try Int.fetchOne(
      database,
      sql: "SELECT 1 FROM ingestion_batches WHERE tenant_id = ? AND batch = ?",
      arguments: [tenantID, arrival.batch]
    )
    if known != nil {
      throw StoreFailure(
        .refused(
          "a batch '\(arrival.batch)' landed before for one of the tenants whose rows this one "
            + "has; give this one a name of its own"
        ),
        path: path
      )
    }
    try database.execute(
      sql: "INSERT INTO ingestion_batches VALUES (?, ?, ?, ?, ?)",
      arguments: [tenantID, arrival.batch, arrival.ingestedTicks, accepted, letters]
    )
  }

  private func insert(
    _ letters: DeadLetterSummary,
    of arrival: Arrival,
    tenantID: Int64
  ) throws {
    let tableID = try tableID(making: letters.table, of: tenantID, with: Schema([]))
    try database.execute(
      sql: "INSERT INTO dead_letter_files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        letters.id, tableID, letters.move.relativePath, arrival.batch, arrival.ingestedTicks,
        letters.letterCount, letters.byteCount, Int64(letters.checksum),
      ]
    )
  }

  /// What became of a batch that landed; nil where none of the name did.
  func findBatch(_ batch: String, of tenant: String) throws -> IngestionOutcome? {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT accepted, dead_lettered, ingested FROM ingestion_batches
        WHERE tenant_id = (SELECT id FROM tenants WHERE name = ?) AND batch = ?
        """,
      arguments: [tenant, batch]
    )
    return row.map {
      IngestionOutcome(
        isNew: false,
        acceptedRows: $0[0],
        deadLetters: $0[1],
        ingestedTicks: $0[2]
      )
    }
  }
}
