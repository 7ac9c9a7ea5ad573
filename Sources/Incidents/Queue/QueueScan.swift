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

  private var needsNames: Bool {
    order.isByName || tests.contains { if case .name = $0.test.wanted { true } else { false } }
  }

  /// Later incidents mostly come later in other orders as well, and what comes first early leaves
  /// most of the rest out.
  private var direction: String { " ORDER BY blocks.block \(order.isDescending ? "DESC" : "ASC")" }

  /// Goes over all blocks.
  ///
  /// - Parameter changed: blocks as they are now whose incidents changed since they were written.
  func run(
    _ database: Database,
    _ changed: [Int64: StoredBlock],
    path: String
  ) throws -> Found {
    var changed = changed
    var state = State(self)
    let statement = try database.cachedStatement(
      sql: QueueBlocks.all(withNames: needsNames) + direction
    )
    let rows = try Row.fetchCursor(statement)
    while let row = try rows.next() {
      let block: Int64 = row[0]
      if let now = changed.removeValue(forKey: block) {
        try state.take(block, now, path: path)
      } else {
        try state.take(block, row, path: path, hasNames: needsNames)
      }
    }
    for (block, now) in changed { try state.take(block, now, path: path) }
    return state.found()
  }

  /// What a scan has of the blocks that it saw.
  private struct State {
    private let scan: QueueScan
    private var total = 0
    private var numbers: QueueRanking<Int64>
    private var names: QueueRanking<NameKey>
    private var layout = QueueBlock.Layout()
    private var cells = [Int64](repeating: 0, count: QueueBlock.size)

    init(_ scan: QueueScan) {
      self.scan = scan
      let most = scan.offset + scan.limit
      numbers = QueueRanking(most: most, descending: scan.order.isDescending)
      names = QueueRanking(most: most, descending: scan.order.isDescending)
    }

    mutating func take(_ block: Int64, _ row: Row, path: String, hasNames: Bool) throws {
      try row.withUnsafeData(atIndex: 1) { data in
        try StoredData.withBytes(data) { cells in
          guard hasNames else {
            try take(block, cells, .init(start: nil, count: 0), path: path)
            return
          }
          try row.withUnsafeData(atIndex: 2) { data in
            try StoredData.withBytes(data) { try take(block, cells, $0, path: path) }
          }
        }
      }
    }

    mutating func take(_ block: Int64, _ stored: StoredBlock, path: String) throws {
      try stored.cells.encoded.withUnsafeBytes { cells in
        try stored.names.encoded.withUnsafeBytes { try take(block, cells, $0, path: path) }
      }
    }

    private mutating func take(
      _ block: Int64,
      _ bytes: UnsafeRawBufferPointer,
      _ names: UnsafeRawBufferPointer,
      path: String
    ) throws {
      try layout.read(bytes, path: path)
      var mask = cells(of: .status, bytes) { status in
        status.indices.reduce(UInt64(0)) { $0 | (status[$1] == 0 ? 0 : 1 << $1) }
      }
      for test in scan.tests where mask != 0 {
        let asked = mask
        mask = cells(of: test.column ?? .status, bytes) { cells in
          test.test.mask(block: block, cells: cells, names: names, asked: asked)
        }
      }
      total += mask.nonzeroBitCount
      if mask != 0 { rank(mask, block, bytes, names) }
    }

    private mutating func rank(
      _ mask: UInt64,
      _ block: Int64,
      _ bytes: UnsafeRawBufferPointer,
      _ names: UnsafeRawBufferPointer
    ) {
      let order = scan.order
      if !order.isByName { _ = cells(of: order.column, bytes) { _ in 0 } }
      var rest = mask
      while rest != 0 {
        let slot = order.isDescending ? 63 - rest.leadingZeroBitCount : rest.trailingZeroBitCount
        rest &= ~(1 << UInt64(slot))
        let id = block * Int64(QueueBlock.size) + Int64(slot)
        if order.isByName {
          let name = QueueNames.name(slot, names)
          if !self.names.isBehind({ $0.order(to: name) }) { self.names.add(NameKey(name), id) }
        } else {
          numbers.add(order.key(cells[slot]), id)
        }
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
      let ids = scan.order.isByName ? names.ids() : numbers.ids()
      return Found(total: total, ids: Array(ids.dropFirst(scan.offset)))
    }
  }
}

/// In which order a scan tells incidents.
struct QueueOrder {
  let column: QueueColumn
  let isByName: Bool
  let isDescending: Bool
  /// The places of a column's words in their order; empty where its cells are in order themselves.
  private let places: [Int64: Int64]

  init(_ order: IncidentOrder, _ words: QueueWords) throws {
    isByName = order.key == .name
    isDescending = order.isDescending
    column = order.column
    if column.content == .word, !isByName {
      let sorted = try words.all(column).sorted { one, other in
        one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
      }
      places = Dictionary(
        uniqueKeysWithValues: sorted.enumerated().map { ($0.element.number, Int64($0.offset + 1)) }
      )
    } else {
      places = [:]
    }
  }

  func key(_ cell: Int64) -> Int64 { places.isEmpty ? cell : places[cell] ?? 0 }
}
