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

/// Cells that did not fit the type of their column.
struct UnfitCells {
  var count = 0
  /// The first of them, as an index of the cells handed over.
  var first = 0

  @inline(never)
  mutating func note(_ index: Int) {
    if count == 0 { first = index }
    count += 1
  }
}

/// Collects the values of one column, chunk by chunk.
///
/// A column hears of the batches that have a value for it; rows between them are added without a
/// value, so that absent columns of a wide table cost nothing.
protocol ColumnStore: AnyObject {
  /// Memory that the column takes, all chunks.
  var byteCount: Int { get }
  /// Whether the present chunk must end before the next batch.
  var isFull: Bool { get }

  /// Adds the rows of a batch; tells which cells did not fit the type and are missing now.
  func append(_ batch: ColumnCells) -> UnfitCells

  /// Ends the present chunk, which has `rows` rows.
  func endChunk(rows: Int)

  /// Gives the chunks as vectors of one type; the store must not be used afterwards.
  func finish() -> (type: ScalarType, chunks: [Vector])
}
