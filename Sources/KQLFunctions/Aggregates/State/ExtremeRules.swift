import Columnar

/// A fixed-width value with an order in which NaN, the unordered real, beats every other.
protocol ExtremeValue: FixedWidthValue {
  /// Whether this value takes the place of a smaller one in `max`.
  func exceeds(_ other: Self) -> Bool
  /// Whether this value takes the place of a greater one in `min`.
  func undercuts(_ other: Self) -> Bool
}

extension ExtremeValue where Self: Comparable {
  @inline(__always) func exceeds(_ other: Self) -> Bool { self > other }
  @inline(__always) func undercuts(_ other: Self) -> Bool { self < other }
}

extension Int32: ExtremeValue {}
extension Int64: ExtremeValue {}
extension DateTime: ExtremeValue {}
extension TimeSpan: ExtremeValue {}
extension GUID: ExtremeValue {}

extension Bool: ExtremeValue {
  @inline(__always) func exceeds(_ other: Bool) -> Bool { self && !other }
  @inline(__always) func undercuts(_ other: Bool) -> Bool { !self && other }
}

extension Double: ExtremeValue {
  @inline(__always) func exceeds(_ other: Double) -> Bool {
    self > other || (isNaN && !other.isNaN)
  }
  @inline(__always) func undercuts(_ other: Double) -> Bool {
    self < other || (isNaN && !other.isNaN)
  }
}

/// Which end of the order an aggregate looks for.
protocol ExtremeEnd {
  static func improves<Value: ExtremeValue>(_ value: Value, on other: Value) -> Bool
  /// Whether a text with this comparison to the best one so far is better.
  static func improves(order: Int) -> Bool
}

/// The end that `max` and `arg_max` look for.
enum Greatest: ExtremeEnd {
  @inline(__always)
  static func improves<Value: ExtremeValue>(_ value: Value, on other: Value) -> Bool {
    value.exceeds(other)
  }
  @inline(__always) static func improves(order: Int) -> Bool { order > 0 }
}

/// The end that `min` and `arg_min` look for.
enum Least: ExtremeEnd {
  @inline(__always)
  static func improves<Value: ExtremeValue>(_ value: Value, on other: Value) -> Bool {
    value.undercuts(other)
  }
  @inline(__always) static func improves(order: Int) -> Bool { order < 0 }
}

/// The best value so far, if there was any.
struct Extreme<Value: FixedWidthValue>: BitwiseCopyable {
  var value: Value
  var isPresent: Bool
}

/// `max(x)` or `min(x)` of a fixed-width type; null over no rows.
enum ExtremeRule<Value: ExtremeValue, End: ExtremeEnd>: FoldRule {
  static var empty: Extreme<Value> { Extreme(value: Value.filler, isPresent: false) }

  @inline(__always)
  static func add(_ value: Value, to total: inout Extreme<Value>) {
    if !total.isPresent || End.improves(value, on: total.value) {
      total = Extreme(value: value, isPresent: true)
    }
  }

  @inline(__always)
  static func add(_ values: UnsafePointer<Value>, count: Int, to total: inout Extreme<Value>) {
    guard count > 0 else { return }
    var best = total.isPresent ? total.value : values[0]
    for row in 0..<count {
      let value = values[row]
      best = End.improves(value, on: best) ? value : best
    }
    total = Extreme(value: best, isPresent: true)
  }

  @inline(__always)
  static func combine(_ later: Extreme<Value>, into total: inout Extreme<Value>) {
    if later.isPresent { add(later.value, to: &total) }
  }

  static func result(_ total: Extreme<Value>) -> Value? { total.isPresent ? total.value : nil }
}
