import CSIMD
import Columnar

/// Collects values of fixed width.
final class FixedCellBuilder<Value: CellValue>: ColumnBuilder {
  private var values = Buffer.empty
  /// 1 in each row that has no value.
  private var flags = Buffer.empty
  private var count = 0
  private var presentCount = 0
  /// Rows of the chunk before, which the present one is likely to have as well.
  private var likelyRows = 64

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

  func finish(rows: Int) -> Vector {
    extend(to: rows)
    let nulls = presentCount == count ? nil : NullRows(flags: flags)
    let layout = VectorLayout.fixed(FixedRows(values: values, nulls: nulls))
    let vector = Vector(type: Value.scalarType, count: count, layout: layout)
    likelyRows = max(64, count + count / 16)
    values = .empty
    flags = .empty
    count = 0
    presentCount = 0
    return vector
  }

  /// Adds rows without a value.
  private func extend(to rows: Int) {
    let stride = MemoryLayout<Value>.stride
    if rows > flags.byteCount {
      let capacity = max(flags.byteCount * 2, rows, likelyRows)
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
