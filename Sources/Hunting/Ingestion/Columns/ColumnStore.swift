import Columnar

/// Collects the values of one column, chunk by chunk.
///
/// Rows without a value are not told one by one: `appendMissing` adds them before the next value
/// or at the end of a chunk, so that absent columns of a wide table cost nothing.
protocol ColumnStore: AnyObject {
  /// Rows of the present chunk so far.
  var count: Int { get }
  /// Memory that the column takes, all chunks.
  var byteCount: Int { get }
  /// Whether the present chunk must end before the next row.
  var isFull: Bool { get }

  /// Adds a row; false where the cell does not fit the type, which adds a missing value.
  func append(_ cell: Cell) -> Bool

  /// Adds rows without a value.
  func appendMissing(_ rows: Int)

  /// Ends the present chunk.
  func endChunk()

  /// Gives the chunks as vectors of one type; the store must not be used afterwards.
  func finish() -> (type: ScalarType, chunks: [Vector])
}

/// Collects values of fixed width.
final class FixedStore<Value: CellValue>: ColumnStore {
  private var builder = FixedBuilder<Value>(capacity: 64)
  private var chunks: [Vector] = []
  private var finishedBytes = 0

  var count: Int { builder.count }
  var byteCount: Int { finishedBytes + builder.count * (MemoryLayout<Value>.stride + 1) }
  var isFull: Bool { false }

  func append(_ cell: Cell) -> Bool {
    if cell.isMissing {
      builder.appendNull()
      return true
    }
    guard let value = Value.read(cell) else {
      builder.appendNull()
      return false
    }
    builder.append(value)
    return true
  }

  func appendMissing(_ rows: Int) {
    for _ in 0..<rows { builder.appendNull() }
  }

  func endChunk() {
    finishedBytes = byteCount
    chunks.append(builder.finish())
  }

  func finish() -> (type: ScalarType, chunks: [Vector]) { (Value.scalarType, chunks) }
}
