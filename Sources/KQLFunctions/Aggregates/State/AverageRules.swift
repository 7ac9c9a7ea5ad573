import Columnar

/// A running sum and the number of values in it.
struct CountedSum<Sum: BitwiseCopyable>: BitwiseCopyable {
  var sum: Sum
  var count: Int64
}

/// `avg` of whole numbers: the wrapped sum divided by the count; NaN over no rows.
enum WholeAverageRule<Value: FixedWidthValue & BinaryInteger>: FoldRule {
  static var empty: CountedSum<Int64> { CountedSum(sum: 0, count: 0) }

  @inline(__always)
  static func add(_ value: Value, to total: inout CountedSum<Int64>) {
    total.sum &+= Int64(truncatingIfNeeded: value)
    total.count &+= 1
  }

  @inline(__always)
  static func combine(_ later: CountedSum<Int64>, into total: inout CountedSum<Int64>) {
    total.sum &+= later.sum
    total.count &+= later.count
  }

  static func result(_ total: CountedSum<Int64>) -> Double? {
    Double(total.sum) / Double(total.count)
  }
}

/// `avg` of reals; NaN over no rows.
enum RealAverageRule: FoldRule {
  static var empty: CountedSum<Double> { CountedSum(sum: 0, count: 0) }

  @inline(__always)
  static func add(_ value: Double, to total: inout CountedSum<Double>) {
    total.sum += value
    total.count &+= 1
  }

  @inline(__always)
  static func add(
    _ values: UnsafePointer<Double>,
    count: Int,
    to total: inout CountedSum<Double>
  ) {
    SumRule<Double>.add(values, count: count, to: &total.sum)
    total.count &+= Int64(count)
  }

  @inline(__always)
  static func combine(_ later: CountedSum<Double>, into total: inout CountedSum<Double>) {
    total.sum += later.sum
    total.count &+= later.count
  }

  static func result(_ total: CountedSum<Double>) -> Double? {
    total.sum / Double(total.count)
  }
}

/// A value made of ticks, whose average has its own type.
protocol TickValue: FixedWidthValue {
  var ticks: Int64 { get }
  init(ticks: Int64)
}

extension DateTime: TickValue {}
extension TimeSpan: TickValue {}

/// `avg` of datetimes or timespans, summed wide so that no sum of instants overflows; null over
/// no rows.
enum TickAverageRule<Value: TickValue>: FoldRule {
  static var empty: CountedSum<Int128> { CountedSum(sum: 0, count: 0) }

  @inline(__always)
  static func add(_ value: Value, to total: inout CountedSum<Int128>) {
    total.sum &+= Int128(value.ticks)
    total.count &+= 1
  }

  @inline(__always)
  static func combine(_ later: CountedSum<Int128>, into total: inout CountedSum<Int128>) {
    total.sum &+= later.sum
    total.count &+= later.count
  }

  static func result(_ total: CountedSum<Int128>) -> Value? {
    guard total.count > 0 else { return nil }
    return Value(ticks: Int64(truncatingIfNeeded: total.sum / Int128(total.count)))
  }
}
