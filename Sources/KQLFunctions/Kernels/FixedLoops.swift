import CSIMD
import Columnar

/// The rows of a fixed-width argument as a hot loop reads them.
///
/// `Value` may be any type of the width of the vector's, such as `Int64` for a datetime.
struct FixedOperand<Value: BitwiseCopyable> {
  let owner: Buffer
  let base: UnsafePointer<Value>
  /// Whether the first value stands for every row.
  let isConstant: Bool

  init(_ vector: Vector) {
    isConstant = vector.constant != nil
    let flat =
      isConstant
      ? Vector(type: vector.type, count: 1, layout: vector.layout).flattened()
      : vector.flattened()
    guard case .fixed(let rows) = flat.layout else {
      unreachable("a fixed-width argument has fixed-width rows")
    }
    owner = rows.values
    base = rows.base(Value.self)
  }
}

/// Computes a value for each pair of rows, null flags or not; the loop is one of three so that
/// each vectorises.
@inline(__always)
func zipRows<A: BitwiseCopyable, B: BitwiseCopyable, R: BitwiseCopyable>(
  _ left: FixedOperand<A>,
  _ right: FixedOperand<B>,
  count: Int,
  _ body: (A, B) -> R
) -> Buffer {
  let values = Buffer(byteCount: count * MemoryLayout<R>.stride)
  let target = values.values(R.self)
  let a = left.base
  let b = right.base
  withExtendedLifetime((left.owner, right.owner)) {
    if right.isConstant {
      let constant = b[0]
      if left.isConstant {
        let value = body(a[0], constant)
        for row in 0..<count { target[row] = value }
      } else {
        for row in 0..<count { target[row] = body(a[row], constant) }
      }
    } else if left.isConstant {
      let constant = a[0]
      for row in 0..<count { target[row] = body(constant, b[row]) }
    } else {
      for row in 0..<count { target[row] = body(a[row], b[row]) }
    }
  }
  return values
}

extension ScalarKernel {
  /// Lifts an operator on two fixed-width values that is defined for all of them to a loop
  /// without calls. Null in, null out.
  @inline(__always)
  static func zip<
    A: KernelValue & FixedWidthValue,
    B: KernelValue & FixedWidthValue,
    R: FixedWidthValue
  >(_ body: @escaping @Sendable (A, B) -> R) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType), .type(B.kernelType)], result: R.scalarType) { call in
      if call.hasConstantNull { return call.missingResult() }
      let count = call.isConstant ? 1 : call.count
      let values = zipRows(
        FixedOperand<A>(call.arguments[0]),
        FixedOperand<B>(call.arguments[1]),
        count: count,
        body
      )
      let rows = FixedRows(values: values, nulls: call.combinedNulls())
      return call.widened(Vector(type: R.scalarType, count: count, layout: .fixed(rows)))
    }
  }

  /// Lifts an operator on two fixed-width values that yields null for some of them, by setting
  /// the flag that it is given to 1.
  @inline(__always)
  static func zipNullable<
    A: KernelValue & FixedWidthValue,
    B: KernelValue & FixedWidthValue,
    R: FixedWidthValue
  >(_ body: @escaping @Sendable (A, B, inout UInt8) -> R) -> ScalarKernel {
    ScalarKernel([.type(A.kernelType), .type(B.kernelType)], result: R.scalarType) { call in
      if call.hasConstantNull { return call.missingResult() }
      let count = call.isConstant ? 1 : call.count
      let flags = Buffer(byteCount: count)
      let flagBase = flags.values(UInt8.self)
      memset(flagBase, 0, count)
      var row = 0
      let values = zipRows(
        FixedOperand<A>(call.arguments[0]),
        FixedOperand<B>(call.arguments[1]),
        count: count
      ) { left, right in
        var isNull: UInt8 = 0
        let value = body(left, right, &isNull)
        if isNull != 0 { flagBase[row] = 1 }
        row &+= 1
        return value
      }
      let nulls = merge(call.combinedNulls(), into: flags, count: count)
      let rows = FixedRows(values: values, nulls: nulls)
      return call.widened(Vector(type: R.scalarType, count: count, layout: .fixed(rows)))
    }
  }
}

/// Adds flags to those of a buffer; nil where no row is null.
private func merge(_ nulls: NullRows?, into flags: Buffer, count: Int) -> NullRows? {
  let target = flags.values(UInt8.self)
  guard let nulls else {
    return memchr(target, 1, count) == nil ? nil : NullRows(flags: flags)
  }
  let source = nulls.base
  withExtendedLifetime(nulls) {
    for row in 0..<count { target[row] |= source[row] }
  }
  return NullRows(flags: flags)
}
