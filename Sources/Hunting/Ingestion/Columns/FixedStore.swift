import CSIMD
import Columnar

/// Collects values of fixed width.
final class FixedStore<Value: CellValue>: ColumnStore {
  private var values = Buffer(byteCount: 0)
  /// 1 in each row that has no value.
  private var flags = Buffer(byteCount: 0)
  private var count = 0
  private var presentCount = 0
  private var chunks: [Vector] = []
  private var finishedBytes = 0

  var byteCount: Int { finishedBytes + values.byteCount + flags.byteCount }
  var isFull: Bool { false }

  func append(_ batch: ColumnCells) -> UnfitCells {
    extend(to: batch.endRow)
    let values = values.values(Value.self) + batch.firstRow
    let flags = flags.values(UInt8.self) + batch.firstRow
    var unfit = UnfitCells()
    var present = 0
    for (index, item) in batch.cells.enumerated() where !batch.isReplaced(index) {
      if item.cell.isMissing { continue }
      if let value = Value.read(item.cell) {
        values[Int(item.row)] = value
        flags[Int(item.row)] = 0
        present &+= 1
      } else {
        unfit.note(index)
      }
    }
    presentCount += present
    return unfit
  }

  func endChunk(rows: Int) {
    extend(to: rows)
    let nulls = presentCount == count ? nil : NullRows(flags: flags)
    let layout = VectorLayout.fixed(FixedRows(values: values, nulls: nulls))
    chunks.append(Vector(type: Value.scalarType, count: count, layout: layout))
    finishedBytes = byteCount
    values = Buffer(byteCount: 0)
    flags = Buffer(byteCount: 0)
    count = 0
    presentCount = 0
  }

  func finish() -> (type: ScalarType, chunks: [Vector]) { (Value.scalarType, chunks) }

  /// Adds rows without a value.
  private func extend(to rows: Int) {
    let stride = MemoryLayout<Value>.stride
    if rows > flags.byteCount {
      let capacity = max(flags.byteCount * 2, rows, 64)
      let largerValues = Buffer(byteCount: capacity * stride)
      memcpy(largerValues.base, values.base, count * stride)
      values = largerValues
      let largerFlags = Buffer(byteCount: capacity)
      memcpy(largerFlags.base, flags.base, count)
      flags = largerFlags
    }
    if rows <= count { return }
    memset(flags.base + count, 1, rows - count)
    let start = values.values(Value.self) + count
    start.update(repeating: .filler, count: rows - count)
    count = rows
  }
}
