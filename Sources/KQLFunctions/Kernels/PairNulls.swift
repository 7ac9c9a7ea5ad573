import CSIMD
import Columnar

extension KernelCall {
  /// Makes the result of `==`-like operators from the outcomes of two arguments' values: where
  /// one of the two is null the result is `whenOneIsNull`, where both are it is null.
  func pairResult(_ values: Buffer, count: Int, whenOneIsNull: Bool) -> Vector {
    let left = arguments[0].nullRows()
    let right = arguments[1].nullRows()
    let nulls = withExtendedLifetime((left, right)) {
      applyPairNulls(
        values.values(UInt8.self),
        left?.base,
        right?.base,
        count: count,
        filler: whenOneIsNull ? 1 : 0
      )
    }
    let rows = FixedRows(values: values, nulls: nulls)
    return Vector(type: .bool, count: count, layout: .fixed(rows))
  }
}

/// Overwrites values under null flags and returns the flags of rows in which both are null.
private func applyPairNulls(
  _ values: UnsafeMutablePointer<UInt8>,
  _ left: UnsafePointer<UInt8>?,
  _ right: UnsafePointer<UInt8>?,
  count: Int,
  filler: UInt8
) -> NullRows? {
  guard let left, let right else {
    guard let only = left ?? right else { return nil }
    for row in 0..<count { values[row] = only[row] != 0 ? filler : values[row] }
    return nil
  }
  let both = Buffer(byteCount: count)
  let flags = both.values(UInt8.self)
  for row in 0..<count {
    flags[row] = left[row] & right[row]
    values[row] = left[row] | right[row] != 0 ? filler : values[row]
  }
  return memchr(flags, 1, count) == nil ? nil : NullRows(flags: both)
}
