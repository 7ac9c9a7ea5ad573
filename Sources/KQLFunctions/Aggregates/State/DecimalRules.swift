import Columnar

extension Decimal128: ExtremeValue {}

extension Decimal128: MeasuredValue {
  var measure: Double { Double(self) }
}

/// A running sum of decimals and the number of values in it.
struct DecimalSum: BitwiseCopyable {
  var sum = Decimal128.zero
  var count: Int64 = 0
  /// Whether the sum left the range of decimals.
  var hasOverflowed = false

  mutating func add(_ value: Decimal128) {
    if let next = sum.adding(value) { sum = next } else { hasOverflowed = true }
  }
}

/// What `sum` and `avg` of decimals share.
protocol DecimalSumRule: FoldRule
where Input == Decimal128, Total == DecimalSum, Output == Decimal128 {}

extension DecimalSumRule {
  static var empty: DecimalSum { DecimalSum() }

  static func add(_ value: Decimal128, to total: inout DecimalSum) {
    total.add(value)
    total.count &+= 1
  }

  static func combine(_ later: DecimalSum, into total: inout DecimalSum) {
    total.add(later.sum)
    total.count &+= later.count
    total.hasOverflowed = total.hasOverflowed || later.hasOverflowed
  }
}

/// `sum` of decimals; null beyond their range.
enum DecimalTotal: DecimalSumRule {
  static func result(_ total: DecimalSum) -> Decimal128? {
    total.hasOverflowed ? nil : total.sum
  }
}

/// `avg` of decimals; null over no rows.
enum DecimalAverage: DecimalSumRule {
  static func result(_ total: DecimalSum) -> Decimal128? {
    guard total.count > 0, !total.hasOverflowed else { return nil }
    return total.sum.divided(by: Decimal128(total.count))
  }
}
