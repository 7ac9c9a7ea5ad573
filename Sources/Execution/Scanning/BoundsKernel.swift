import Columnar

/// Tests integers against a range.
enum BoundsKernel {
  /// 1 for each of the rows whose value lies in the range and is not null, else 0.
  static func flags(_ vector: Vector, _ rows: Range<Int>, _ range: ClosedRange<Int64>) -> Buffer {
    let answer = Buffer(byteCount: rows.count)
    let target = answer.values(UInt8.self)
    guard case .fixed(let values) = vector.layout else { unreachable("integers are flat") }
    if vector.type.byteWidth == 4 {
      test(values.base(Int32.self) + rows.lowerBound, rows.count, range, target)
    } else {
      test(values.base(Int64.self) + rows.lowerBound, rows.count, range, target)
    }
    if let nulls = values.nulls?.base {
      let flags = nulls + rows.lowerBound
      for row in 0..<rows.count { target[row] &= flags[row] ^ 1 }
    }
    return answer
  }

  @inline(__always)
  private static func test<Value: FixedWidthInteger>(
    _ values: UnsafePointer<Value>,
    _ count: Int,
    _ range: ClosedRange<Int64>,
    _ target: UnsafeMutablePointer<UInt8>
  ) {
    let least = range.lowerBound
    let greatest = range.upperBound
    for row in 0..<count {
      let value = Int64(truncatingIfNeeded: values[row])
      let isInside = value >= least && value <= greatest
      target[row] = unsafeBitCast(isInside, to: UInt8.self)
    }
  }
}
