import Columnar

/// A cell with the row of its batch and, once it is known, its column.
struct BatchedCell {
  /// The column of the table; while a JSON row is being read, the number of the key.
  var column: Int32
  var row: Int32
  var cell: Cell
}

/// Cells of some thousand rows on their way into the columns.
///
/// Columns take cells batch by batch, each its own in one loop, which is several times faster than
/// row by row. A row that turns out to be damaged is dropped before anyone saw it. The texts lie
/// in the block that they were read from, so a batch is emptied before more is read.
struct CellBatch: ~Copyable {
  /// Cells after which a batch should be handed on: about the size of a cache.
  private static let wishedCells = 16 * 1024

  private(set) var cells: UnsafeMutablePointer<BatchedCell>
  private(set) var count = 0
  private var capacity = 32 * 1024
  /// Whole rows.
  private(set) var rows = 0
  /// Where each row begins in its block.
  private(set) var offsets: [Int] = []
  /// The first cell of the row being read.
  private(set) var rowStart = 0
  var arena = TextArena()

  init() {
    cells = .allocate(capacity: capacity)
  }

  deinit { cells.deallocate() }

  /// Whether it is time to hand the batch on.
  var isFull: Bool { count > Self.wishedCells || rows > Self.wishedCells }

  /// Adds a cell to the row being read.
  @inline(__always)
  mutating func push(_ cell: Cell, column: Int) {
    if count == capacity { grow() }
    cells[count] = BatchedCell(
      column: Int32(truncatingIfNeeded: column),
      row: Int32(truncatingIfNeeded: rows),
      cell: cell
    )
    count &+= 1
  }

  /// Forgets the row being read.
  mutating func dropRow() { count = rowStart }

  /// Forgets the cells of one column of the row being read.
  mutating func dropCells(of column: Int) {
    var kept = rowStart
    for index in rowStart..<count where Int(cells[index].column) != column {
      cells[kept] = cells[index]
      kept &+= 1
    }
    count = kept
  }

  /// Completes the row being read, which began at an offset of its block.
  @inline(__always)
  mutating func endRow(from offset: Int) {
    offsets.append(offset)
    rows &+= 1
    rowStart = count
  }

  /// Forgets everything.
  mutating func removeAll() {
    count = 0
    rows = 0
    rowStart = 0
    offsets.removeAll(keepingCapacity: true)
    arena.removeAll()
  }

  /// Calls `body` for each of the first `columnCount` columns that has cells, with its cells in
  /// order; no cell may have another column.
  func withCellsByColumn(
    count columnCount: Int,
    _ body: (Int, UnsafeBufferPointer<BatchedCell>) -> Void
  ) {
    let cells = UnsafeBufferPointer(start: cells, count: count)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: columnCount + 1) { ends in
      ends.initialize(repeating: 0)
      for item in cells { ends[Int(item.column) &+ 1] &+= 1 }
      for index in 1..<max(1, ends.count) { ends[index] &+= ends[index &- 1] }
      // From here on an entry is where the next cell of its column goes; at last, where they end.
      withUnsafeTemporaryAllocation(of: BatchedCell.self, capacity: max(1, count)) { sorted in
        for item in cells {
          let column = Int(item.column)
          sorted[ends[column]] = item
          ends[column] &+= 1
        }
        var start = 0
        for index in 0..<columnCount {
          let end = ends[index]
          if end > start { body(index, UnsafeBufferPointer(rebasing: sorted[start..<end])) }
          start = end
        }
      }
    }
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<BatchedCell>.allocate(capacity: capacity * 2)
    larger.update(from: cells, count: count)
    cells.deallocate()
    cells = larger
    capacity *= 2
  }
}
