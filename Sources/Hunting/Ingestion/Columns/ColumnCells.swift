import Columnar

/// The cells of one column of a batch, and where its rows lie in the chunk.
struct ColumnCells {
  /// The cells in the order of their rows; of two in one row the later one counts.
  let cells: UnsafeBufferPointer<BatchedCell>
  /// The rows of the chunk before the batch.
  let firstRow: Int
  /// The rows of the batch, those without a cell included.
  let rows: Int

  /// The rows of the chunk with the batch.
  var endRow: Int { firstRow + rows }

  /// Whether no row is without a value.
  var hasEveryRow: Bool {
    if cells.count < rows { return false }
    var filled = 0
    for (index, item) in cells.enumerated() where !isReplaced(index) && !item.cell.isMissing {
      filled &+= 1
    }
    return filled == rows
  }

  /// Whether the cell after this one replaces it.
  @inline(__always)
  func isReplaced(_ index: Int) -> Bool {
    index &+ 1 < cells.count && cells[index &+ 1].row == cells[index].row
  }
}
