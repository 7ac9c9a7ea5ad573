import Columnar

/// A value that has a place among 64-bit numbers: the order of the keys is that of the values.
protocol OrderedKeyValue: FixedWidthValue {
  var orderedKey: Int64 { get }
  init(orderedKey: Int64)
}

extension Int32: OrderedKeyValue {
  var orderedKey: Int64 { Int64(self) }
  init(orderedKey: Int64) { self = Int32(truncatingIfNeeded: orderedKey) }
}

extension Int64: OrderedKeyValue {
  var orderedKey: Int64 { self }
  init(orderedKey: Int64) { self = orderedKey }
}

extension DateTime: OrderedKeyValue {
  var orderedKey: Int64 { ticks }
  init(orderedKey: Int64) { self.init(ticks: orderedKey) }
}

extension TimeSpan: OrderedKeyValue {
  var orderedKey: Int64 { ticks }
  init(orderedKey: Int64) { self.init(ticks: orderedKey) }
}

extension Double: OrderedKeyValue {
  /// The bits, turned so that negative numbers ascend too.
  var orderedKey: Int64 {
    let bits = Int64(bitPattern: bitPattern)
    return bits < 0 ? bits ^ Int64.max : bits
  }

  init(orderedKey: Int64) {
    let bits = orderedKey < 0 ? orderedKey ^ Int64.max : orderedKey
    self.init(bitPattern: UInt64(bitPattern: bits))
  }
}
