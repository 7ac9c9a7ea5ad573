import CSIMD
import Columnar

extension GroupArray where Value: FixedWidthValue {
  /// The first values as a vector without nulls.
  func vector(_ groups: Int) -> Vector { vector(groups, missing: nil) }

  /// The first values as a vector; null where the flag of a group is `absent`.
  func vector(_ groups: Int, present: GroupArray<UInt8>) -> Vector {
    let flags = Buffer(byteCount: groups)
    let target = flags.values(UInt8.self)
    var any: UInt8 = 0
    for group in 0..<groups {
      target[group] = present[group] == 0 ? 1 : 0
      any |= target[group]
    }
    return vector(groups, missing: any == 0 ? nil : NullRows(flags: flags))
  }

  private func vector(_ groups: Int, missing: NullRows?) -> Vector {
    let size = groups * MemoryLayout<Value>.stride
    let values = Buffer(byteCount: size)
    memcpy(values.base, base, size)
    return Vector(
      type: Value.scalarType,
      count: groups,
      layout: .fixed(FixedRows(values: values, nulls: missing))
    )
  }
}
