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
      for part in stored.changedParts {
        try run(
          "INSERT OR REPLACE INTO incident_block_parts (place, cells) VALUES (?, ?)",
          [part.place(of: block), stored.cells.encoded(part)]
        )
      }
    }
    try run("DELETE FROM changed_incidents", [])
  }
}

/// A block, to be changed.
struct StoredBlock {
  private(set) var cells: QueueBlock
  /// The cells as they are kept; nil where the block is missing.
  private let kept: QueueBlock?

  /// Reads a block; an empty one where it is missing.
  init(_ block: Int64, _ database: Database, path: String) throws {
    var cells = QueueBlock()
    var partCount = 0
    for part in QueuePart.allCases {
      try database.eachRow(
        prepared: "SELECT cells FROM incident_block_parts WHERE place = ?",
        arguments: [part.place(of: block)]
      ) { row in
        try row.withBytes(0) { try cells.read(part, $0, path: path) }
        partCount += 1
      }
    }
    if partCount > 0, partCount < QueuePart.allCases.count {
      throw StoreFailure(.corrupt(detail: "a block of the incident queue lacks a part"), path: path)
    }
    self.cells = cells
    kept = partCount == 0 ? nil : cells
  }

  /// The parts that are not kept as they are.
  var changedParts: [QueuePart] {
    guard let kept else { return QueuePart.allCases }
    return QueuePart.allCases.filter { !cells.isSame($0, as: kept) }
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

  /// All blocks, each with the cells of some parts, of which the first is `presence`; NULL stands
  /// for what is missing.
  static func all(_ parts: [QueuePart], descending isDescending: Bool) -> String {
    let cells = parts.map { "p\($0.rawValue).cells AS p\($0.rawValue)" }
    let joins = parts.dropFirst().map { part in
      let name = "p\(part.rawValue)"
      let place = "p0.place + \(part.place(of: 0))"
      return "LEFT JOIN incident_block_parts AS \(name) ON \(name).place = \(place)"
    }
    return """
      SELECT p0.place AS block, \(cells.joined(separator: ", "))
      FROM incident_block_parts AS p0 \(joins.joined(separator: " "))
      WHERE p0.place < \(QueuePart.distance)
      ORDER BY p0.place \(isDescending ? "DESC" : "ASC")
      """
  }

  /// Incidents of each block, in order.
  static func byBlock(_ ids: [Int64]) -> [(block: Int64, ids: [Int64])] {
    Dictionary(grouping: ids) { $0 / Int64(QueueBlock.size) }
      .sorted { $0.key < $1.key }
      .map { (block: $0.key, ids: $0.value) }
  }
}
