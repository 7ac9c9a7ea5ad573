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

  /// What of blocks is read.
  private var parts: [QueuePart] {
    let columns = tests.compactMap(\.column) + [order.column]
    return QueuePart.allCases.filter { part in
      part == .presence || columns.contains { $0.part == part }
    }
  }

  /// Goes over all blocks. Later incidents mostly come later in other orders as well, and what
  /// comes first early leaves most of the rest out.
  ///
  /// - Parameter changed: blocks as they are now whose incidents changed since they were written.
  func run(
    _ database: Database,
    _ changed: [Int64: StoredBlock],
    path: String
  ) throws -> Found {
    var changed = changed
    let parts = parts
    var state = State(self, parts, path: path)
    let all = QueueBlocks.all(parts, descending: order.isDescending)
    try database.eachRow(prepared: all) { row in
      let block: Int64 = row[0]
      if let now = changed.removeValue(forKey: block) {
        state.take(block, .now(now.cells))
      } else {
        try row.withBytes(of: 1...parts.count) { try state.take(block, kept: $0) }
      }
    }
    for (block, now) in changed { state.take(block, .now(now.cells)) }
    return state.found()
  }

  /// What a block has.
  private enum Source {
    /// The parts that are read, in their order.
    case kept([UnsafeRawBufferPointer])
    case now(QueueBlock)
  }

  /// What a scan has of the blocks that it saw.
  private struct State {
    private let scan: QueueScan
    private let parts: [QueuePart]
    private let path: String
    private var total = 0
    private var ranking: QueueRanking
    /// Where each part stands among those that are read, and where its cells are.
    private var places = [Int](repeating: 0, count: QueuePart.allCases.count)
    private var layouts = QueuePart.allCases.map { QueuePartLayout($0) }
    private var cells = [Int64](repeating: 0, count: QueueBlock.size)

    init(_ scan: QueueScan, _ parts: [QueuePart], path: String) {
      self.scan = scan
      self.parts = parts
      self.path = path
      for (place, part) in parts.enumerated() { places[part.rawValue] = place }
      ranking = QueueRanking(
        most: scan.offset + scan.limit,
        descending: scan.order.isDescending
      )
    }

    mutating func take(_ block: Int64, kept bytes: [UnsafeRawBufferPointer]) throws {
      for part in parts {
        try layouts[part.rawValue].read(bytes[places[part.rawValue]], path: path)
      }
      take(block, .kept(bytes))
    }

    mutating func take(_ block: Int64, _ source: Source) {
      var mask = cells(of: .status, source) { status in
        status.indices.reduce(UInt64(0)) { $0 | (status[$1] == 0 ? 0 : 1 << $1) }
      }
      for test in scan.tests where mask != 0 {
        let asked = mask
        mask = cells(of: test.column ?? .status, source) { cells in
          test.test.mask(block: block, cells: cells, asked: asked)
        }
      }
      total += mask.nonzeroBitCount
      if mask != 0 { rank(mask, block, source) }
    }

    private mutating func rank(_ mask: UInt64, _ block: Int64, _ source: Source) {
      let order = scan.order
      _ = cells(of: order.column, source) { _ in 0 }
      var rest = mask
      while rest != 0 {
        let slot = order.isDescending ? 63 - rest.leadingZeroBitCount : rest.trailingZeroBitCount
        rest &= ~(1 << UInt64(slot))
        ranking.add(order.key(cells[slot]), block * Int64(QueueBlock.size) + Int64(slot))
      }
    }

    /// Gives the cells of a column.
    private mutating func cells(
      of column: QueueColumn,
      _ source: Source,
      _ body: (UnsafeBufferPointer<Int64>) -> UInt64
    ) -> UInt64 {
      cells.withUnsafeMutableBufferPointer { cells in
        switch source {
        case .kept(let bytes):
          let part = column.part.rawValue
          layouts[part].decode(column, bytes[places[part]], into: cells)
        case .now(let block): block.copy(column, into: cells)
        }
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
  /// The places of a column's words in their order; nil where its cells are in order themselves.
  private let places: NumberPlaces?

  init(_ order: IncidentOrder, _ words: QueueWords) throws {
    isDescending = order.isDescending
    column = order.column
    if column.content != .word {
      places = nil
      return
    }
    let sorted = try words.all(column).sorted { one, other in
      one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
    }
    places = NumberPlaces(of: sorted.map(\.number))
  }

  func key(_ cell: Int64) -> Int64 {
    guard let places else { return cell }
    return places[cell]
  }
}
