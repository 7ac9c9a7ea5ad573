import CSIMD
import Columnar

/// Joins the vectors of one column of a table, chunk by chunk.
///
/// A column hears of the vectors that have a value; rows between them are added without one.
protocol TableColumn: AnyObject {
  /// Memory that the column takes, all chunks.
  var byteCount: Int { get }
  /// Whether the present chunk must end before the next vector.
  var isFull: Bool { get }

  /// Adds a vector whose first row is `firstRow` of the present chunk.
  func append(_ vector: Vector, at firstRow: Int)

  /// Ends the present chunk, which has `rows` rows.
  func endChunk(rows: Int)

  /// Gives the chunks; the column must not be used afterwards.
  func finish() -> [Vector]
}

/// Makes the column of a type.
func makeTableColumn(_ type: ScalarType, seed: UInt64) -> any TableColumn {
  type.isText ? TextTableColumn(type, seed: seed) : FixedTableColumn(type)
}

/// Joins values of fixed width.
final class FixedTableColumn: TableColumn {
  private let type: ScalarType
  private var values = Buffer.empty
  /// 1 in each row that has no value.
  private var flags = Buffer.empty
  private var count = 0
  private var hasNulls = false
  private var chunks: [Vector] = []
  private var finishedBytes = 0

  init(_ type: ScalarType) { self.type = type }

  var byteCount: Int { finishedBytes + values.byteCount + flags.byteCount }
  var isFull: Bool { false }

  func append(_ vector: Vector, at firstRow: Int) {
    extend(to: firstRow)
    guard case .fixed(let rows) = vector.layout else { return extend(to: firstRow + vector.count) }
    reserve(firstRow + vector.count)
    let width = type.byteWidth
    memcpy(
      values.base + firstRow * width,
      rows.values.base + rows.start * width,
      vector.count * width
    )
    if let nulls = rows.nulls {
      memcpy(flags.base + firstRow, nulls.base, vector.count)
      hasNulls = true
    } else {
      memset(flags.base + firstRow, 0, vector.count)
    }
    count = firstRow + vector.count
  }

  func endChunk(rows: Int) {
    extend(to: rows)
    let nulls = hasNulls ? NullRows(flags: flags) : nil
    let layout = VectorLayout.fixed(FixedRows(values: values, nulls: nulls))
    chunks.append(Vector(type: type, count: count, layout: layout))
    finishedBytes = byteCount
    values = .empty
    flags = .empty
    count = 0
    hasNulls = false
  }

  func finish() -> [Vector] { chunks }

  /// Adds rows without a value.
  private func extend(to rows: Int) {
    if rows <= count { return }
    reserve(rows)
    memset(values.base + count * type.byteWidth, 0, (rows - count) * type.byteWidth)
    memset(flags.base + count, 1, rows - count)
    count = rows
    hasNulls = true
  }

  private func reserve(_ rows: Int) {
    if rows <= flags.byteCount { return }
    let capacity = max(flags.byteCount * 2, rows, 64)
    let largerValues = Buffer(byteCount: capacity * type.byteWidth)
    memcpy(largerValues.base, values.base, count * type.byteWidth)
    values = largerValues
    let largerFlags = Buffer(byteCount: capacity)
    memcpy(largerFlags.base, flags.base, count)
    flags = largerFlags
  }
}
