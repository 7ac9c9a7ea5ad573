import Alerts
import FileAccess
import GRDB
import OperationalStore

extension IncidentWriter {
  /// Brings the blocks up to date with the incidents that changed.
  func foldChanges(path: String) throws {
    let changed = try rows(QueueBlocks.changed, []) { $0[0] as Int64 }
    if changed.isEmpty { return }
    var words = try QueueWords(database, keeps: true)
    for (block, ids) in QueueBlocks.byBlock(changed) {
      var stored = try StoredBlock(block, database, path: path)
      try stored.fill(ids, self, &words)
      try run(
        "INSERT OR REPLACE INTO incident_blocks (block, cells) VALUES (?, ?)",
        [block, stored.cells.encoded]
      )
    }
    try run("DELETE FROM changed_incidents", [])
  }
}

/// A block, to be changed.
struct StoredBlock {
  private(set) var cells = QueueBlock()

  /// Reads a block; an empty one where it is missing.
  init(_ block: Int64, _ database: Database, path: String) throws {
    let found = try database.rows(prepared: QueueBlocks.one, arguments: [block]) { row in
      try row.withBytes(1) { try QueueBlock($0, path: path) }
    }
    if let found = found.first { cells = found }
  }

  /// Puts in what incidents are now.
  mutating func fill(
    _ ids: [Int64],
    _ reader: some IncidentReading,
    _ words: inout QueueWords
  ) throws {
    for id in ids {
      cells.set(Int(id % Int64(QueueBlock.size)), try QueueRow(id, reader, &words))
    }
  }
}

extension IncidentReader {
  /// The blocks, as they are now, whose incidents changed since they were written.
  func changedBlocks(_ words: inout QueueWords, path: String) throws -> [Int64: StoredBlock] {
    var blocks: [Int64: StoredBlock] = [:]
    let changed = try rows(QueueBlocks.changed, []) { $0[0] as Int64 }
    for (block, ids) in QueueBlocks.byBlock(changed) {
      var stored = try StoredBlock(block, database, path: path)
      try stored.fill(ids, self, &words)
      blocks[block] = stored
    }
    return blocks
  }
}

/// Where blocks are kept.
enum QueueBlocks {
  static let changed = "SELECT incident FROM changed_incidents ORDER BY incident"
  static let one = all + " WHERE block = ?"
  static let all = "SELECT block, cells FROM incident_blocks"

  /// Incidents of each block, in order.
  static func byBlock(_ ids: [Int64]) -> [(block: Int64, ids: [Int64])] {
    Dictionary(grouping: ids) { $0 / Int64(QueueBlock.size) }
      .sorted { $0.key < $1.key }
      .map { (block: $0.key, ids: $0.value) }
  }
}
