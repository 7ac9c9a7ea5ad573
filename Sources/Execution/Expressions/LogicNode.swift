import CSIMD
import Columnar

/// `And` or `Or` of several operands in three-valued logic.
///
/// False wins an `And` and true an `Or`, over null too; else a null makes the result null.
final class LogicNode: ExpressionNode {
  private let operands: [any ExpressionNode]
  /// The value that decides: false for `And`, true for `Or`.
  private let deciding: UInt8

  init(_ operands: [any ExpressionNode], isAnd: Bool) {
    self.operands = operands
    deciding = isAnd ? 0 : 1
  }

  func evaluate(_ batch: Batch) throws -> Vector {
    let count = batch.count
    let values = Buffer(byteCount: count)
    let nulls = Buffer(byteCount: count)
    let value = values.values(UInt8.self)
    let null = nulls.values(UInt8.self)
    memset(value, Int32(deciding ^ 1), count)
    memset(null, 0, count)
    var sawNull = false
    for operand in operands {
      let vector = try operand.evaluate(batch)
      if vector.constant == .bool(deciding == 1) {
        return Vector(constant: .bool(deciding == 1), count: count)
      }
      if vector.constant == .bool(deciding == 0) { continue }
      let flat = vector.flattened()
      guard case .fixed(let rows) = flat.layout else { unreachable("a bool has fixed-width rows") }
      withExtendedLifetime(flat) {
        combine(rows, count, value, null)
      }
      sawNull = sawNull || rows.nulls != nil
    }
    let rows = FixedRows(values: values, nulls: sawNull ? NullRows(flags: nulls) : nil)
    return Vector(type: .bool, count: count, layout: .fixed(rows))
  }

  /// Folds one operand into the running value and null flags.
  private func combine(
    _ rows: FixedRows,
    _ count: Int,
    _ value: UnsafeMutablePointer<UInt8>,
    _ null: UnsafeMutablePointer<UInt8>
  ) {
    let operand = rows.base(UInt8.self)
    let flip = deciding ^ 1
    guard let flags = rows.nulls?.base else {
      for row in 0..<count {
        // 1 where this operand or an earlier one decides.
        let decided = (operand[row] ^ flip) | ((value[row] ^ flip) & (null[row] ^ 1))
        null[row] &= decided ^ 1
        value[row] = decided ^ flip
      }
      return
    }
    for row in 0..<count {
      let known = flags[row] ^ 1
      let decided = ((operand[row] ^ flip) & known) | ((value[row] ^ flip) & (null[row] ^ 1))
      null[row] = (null[row] | flags[row]) & (decided ^ 1)
      value[row] = decided ^ flip
    }
  }
}
