import FileAccess
import GRDB
import OperationalStore

/// Finds the incidents that a filter lets through, and the first of them in an order.
struct QueueScan {
  /// What was found.
  struct Found {
    /// How many there are in all.
    var total = 0
    var ids: [Int64] = []
  }

  let tests: [ColumnTest]
  let order: QueueOrder
  /// The most ids that are told, and how many of the first are left out.
  let limit: Int
  let offset: Int

  /// A test and the column whose cells it is of, where it has one.
  struct ColumnTest {
    let column: QueueColumn?
    let test: QueueTest
  }

  /// Later incidents mostly come later in other orders as well, and what comes first early leaves
  /// most of the rest out.
  private var direction: String { " ORDER BY block \(order.isDescending ? "DESC" : "ASC")" }

  /// Goes over all blocks.
  ///
  /// - Parameter changed: blocks as they are now whose incidents changed since they were written.
  func run(
    _ database: Database,
    _ changed: [Int64: StoredBlock],
    path: String
  ) throws -> Found {
    var changed = changed
    var state = State(self, path: path)
    try database.eachRow(prepared: QueueBlocks.all + direction) { row in
      let block: Int64 = row[0]
      if let now = changed.removeValue(forKey: block) {
        try state.take(block, now)
      } else {
        try row.withBytes(1) { try state.take(block, $0) }
      }
    }
    for (block, now) in changed { try state.take(block, now) }
    return state.found()
  }

  /// What a scan has of the blocks that it saw.
  private struct State {
    private let scan: QueueScan
    private let path: String
    private var total = 0
    private var ranking: QueueRanking
    private var layout = QueueBlock.Layout()
    private var cells = [Int64](repeating: 0, count: QueueBlock.size)

    init(_ scan: QueueScan, path: String) {
      self.scan = scan
      self.path = path
      ranking = QueueRanking(
        most: scan.offset + scan.limit,
        descending: scan.order.isDescending
      )
    }

    mutating func take(_ block: Int64, _ stored: StoredBlock) throws {
      try stored.cells.encoded.withUnsafeBytes { try take(block, $0) }
    }

    mutating func take(_ block: Int64, _ bytes: UnsafeRawBufferPointer) throws {
      try layout.read(bytes, path: path)
      var mask = cells(of: .status, bytes) { status in
        status.indices.reduce(UInt64(0)) { $0 | (status[$1] == 0 ? 0 : 1 << $1) }
      }
      for test in scan.tests where mask != 0 {
        let asked = mask
        mask = cells(of: test.column ?? .status, bytes) { cells in
          test.test.mask(block: block, cells: cells, asked: asked)
        }
      }
      total += mask.nonzeroBitCount
      if mask != 0 { rank(mask, block, bytes) }
    }

    private mutating func rank(_ mask: UInt64, _ block: Int64, _ bytes: UnsafeRawBufferPointer) {
      let order = scan.order
      _ = cells(of: order.column, bytes) { _ in 0 }
      var rest = mask
      while rest != 0 {
        let slot = order.isDescending ? 63 - rest.leadingZeroBitCount : rest.trailingZeroBitCount
        rest &= ~(1 << UInt64(slot))
        ranking.add(order.key(cells[slot]), block * Int64(QueueBlock.size) + Int64(slot))
      }
    }

    /// Decodes the cells of a column.
    private mutating func cells(
      of column: QueueColumn,
      _ bytes: UnsafeRawBufferPointer,
      _ body: (UnsafeBufferPointer<Int64>) -> UInt64
    ) -> UInt64 {
      cells.withUnsafeMutableBufferPointer { cells in
        layout.decode(column, bytes, into: cells)
        return body(UnsafeBufferPointer(cells))
      }
    }

    mutating func found() -> Found {
      Found(total: total, ids: Array(ranking.ids().dropFirst(scan.offset)))
    }
  }
}

/// In which order a scan tells incidents.
struct QueueOrder {
  let column: QueueColumn
  let isDescending: Bool
  /// The places of a column's words in their order; empty where its cells are in order themselves.
  private let places: [Int64: Int64]

  init(_ order: IncidentOrder, _ words: QueueWords) throws {
    isDescending = order.isDescending
    column = order.column
    if column.content != .word {
      places = [:]
      return
    }
    let sorted = try words.all(column).sorted { one, other in
      one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
    }
    places = Dictionary(
      uniqueKeysWithValues: sorted.enumerated().map { ($0.element.number, Int64($0.offset + 1)) }
    )
  }

  func key(_ cell: Int64) -> Int64 { places.isEmpty ? cell : places[cell] ?? 0 }
}
