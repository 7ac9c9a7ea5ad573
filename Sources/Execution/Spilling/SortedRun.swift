import Columnar
import QueryPlan

/// Rows in order on disk: the columns of the rows, their keys behind them and last their place in
/// the input, which breaks ties and differs for all rows of an order.
struct SortedRun: Sendable {
  let blocks: [SpilledBatch]
}

/// How runs are merged.
struct RunOrder: Sendable {
  let keys: [SortKey]
  /// Types of the rows, the keys and the place.
  let types: [ScalarType]
  /// Columns that belong to the rows.
  let width: Int

  init(columns: [ScalarType], keys: [SortKey]) {
    self.keys = keys + [SortKey(.literal(.null(.long)), isDescending: false, nullsFirst: false)]
    types = columns + keys.map(\.expression.type) + [.long]
    width = columns.count
  }

  /// The values that are compared.
  func keyColumns(_ batch: Batch) -> [Vector] { Array(batch.columns[width...]) }

  /// The columns of the rows alone.
  func rows(_ batch: Batch) -> Batch {
    Batch(columns: Array(batch.columns[..<width]), count: batch.count)
  }
}

extension RunOrder {
  /// Sorts rows, which have their keys and place with them, and writes them.
  func write(_ batch: Batch, _ writer: SpillWriter, _ budget: QueryBudget) throws -> SortedRun {
    let values = keyColumns(batch)
    let size = RowOrder.byteCount(rows: batch.count, keys: values)
    let order = try budget.charging(size) {
      try RowOrder(values, keys).sorted(count: batch.count)
    }
    var blocks: [SpilledBatch] = []
    for start in stride(from: 0, to: order.count, by: Self.gatheredRows) {
      let rows = Array(order[start..<min(order.count, start + Self.gatheredRows)])
      blocks += try writer.write(batch.gather(rows))
    }
    return SortedRun(blocks: blocks)
  }

  /// Rows that are brought into order at a time.
  private static let gatheredRows = 4096
}

/// Reads a run row by row.
struct RunCursor {
  private let run: SortedRun
  private let order: RunOrder
  private var next = 0
  /// The block that is read, its keys and the row in it.
  private(set) var block = Batch(columns: [], count: 0)
  private(set) var ranks = RowOrder()
  private(set) var row = 0

  init(_ run: SortedRun, _ order: RunOrder) throws {
    self.run = run
    self.order = order
    try loadNext()
  }

  /// Whether no row is left.
  var isAtEnd: Bool { row >= block.count }

  /// Goes to the next row; true where that lies in another block.
  mutating func advance() throws -> Bool {
    row += 1
    if row < block.count { return false }
    try loadNext()
    return true
  }

  private mutating func loadNext() throws {
    row = 0
    block = Batch(columns: [], count: 0)
    while next < run.blocks.count, block.count == 0 {
      block = try run.blocks[next].load()
      next += 1
    }
    if block.count > 0 { ranks = try RowOrder(order.keyColumns(block), order.keys) }
  }
}
