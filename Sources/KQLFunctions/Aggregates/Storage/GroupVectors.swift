import CSIMD
import Columnar

extension GroupArray where Value: FixedWidthValue {
  /// The first values as a vector without nulls.
  func vector(_ groups: Int) -> Vector { vector(groups, nulls: nil) }

  /// The first values as a vector; null where the flag of a group is 1.
  func vector(_ groups: Int, missing: GroupArray<UInt8>) -> Vector {
    guard memchr(missing.base, 1, groups) != nil else { return vector(groups, nulls: nil) }
    let flags = Buffer(byteCount: groups)
    memcpy(flags.base, missing.base, groups)
    return vector(groups, nulls: NullRows(flags: flags))
  }

  private func vector(_ groups: Int, nulls: NullRows?) -> Vector {
    let size = groups * MemoryLayout<Value>.stride
    let values = Buffer(byteCount: size)
    memcpy(values.base, base, size)
    return Vector(
      type: Value.scalarType,
      count: groups,
      layout: .fixed(FixedRows(values: values, nulls: nulls))
    )
  }
}
