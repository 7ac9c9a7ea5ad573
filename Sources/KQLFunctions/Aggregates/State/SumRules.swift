import Columnar

/// A value that `sum` takes, and the type in which it is summed.
protocol SummableValue: FixedWidthValue {
  associatedtype Total: FixedWidthValue
  static var zeroTotal: Total { get }
  /// This value as a total of its own.
  var asTotal: Total { get }
  /// Adds two totals; whole numbers wrap, as Kusto's do.
  static func sum(_ left: Total, _ right: Total) -> Total
}

extension Int32: SummableValue {
  static var zeroTotal: Int64 { 0 }
  var asTotal: Int64 { Int64(self) }
  @inline(__always) static func sum(_ left: Int64, _ right: Int64) -> Int64 { left &+ right }
}

extension Int64: SummableValue {
  static var zeroTotal: Int64 { 0 }
  var asTotal: Int64 { self }
  @inline(__always) static func sum(_ left: Int64, _ right: Int64) -> Int64 { left &+ right }
}

extension Double: SummableValue {
  static var zeroTotal: Double { 0 }
  var asTotal: Double { self }
  @inline(__always) static func sum(_ left: Double, _ right: Double) -> Double { left + right }
}

extension TimeSpan: SummableValue {
  static var zeroTotal: TimeSpan { TimeSpan(ticks: 0) }
  var asTotal: TimeSpan { self }
  @inline(__always) static func sum(_ left: TimeSpan, _ right: TimeSpan) -> TimeSpan {
    TimeSpan(ticks: left.ticks &+ right.ticks)
  }
}

/// `sum(x)`: 0 over no rows.
enum SumRule<Value: SummableValue>: FoldRule {
  static var empty: Value.Total { Value.zeroTotal }

  @inline(__always)
  static func add(_ value: Value, to total: inout Value.Total) {
    total = Value.sum(total, value.asTotal)
  }

  /// Keeps four running totals, so that additions of reals do not wait for each other.
  @inline(__always)
  static func add(_ values: UnsafePointer<Value>, count: Int, to total: inout Value.Total) {
    let zero = Value.zeroTotal
    var lanes = (zero, zero, zero, zero)
    var row = 0
    while row &+ 4 <= count {
      lanes.0 = Value.sum(lanes.0, values[row].asTotal)
      lanes.1 = Value.sum(lanes.1, values[row &+ 1].asTotal)
      lanes.2 = Value.sum(lanes.2, values[row &+ 2].asTotal)
      lanes.3 = Value.sum(lanes.3, values[row &+ 3].asTotal)
      row &+= 4
    }
    while row < count {
      lanes.0 = Value.sum(lanes.0, values[row].asTotal)
      row &+= 1
    }
    let low = Value.sum(lanes.0, lanes.1)
    total = Value.sum(total, Value.sum(low, Value.sum(lanes.2, lanes.3)))
  }

  @inline(__always)
  static func combine(_ later: Value.Total, into total: inout Value.Total) {
    total = Value.sum(total, later)
  }

  static func result(_ total: Value.Total) -> Value.Total? { total }
}
