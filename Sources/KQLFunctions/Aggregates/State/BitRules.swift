import Columnar

/// A way to combine the bits of whole numbers.
protocol BitCombination {
  /// The result over no rows.
  static var identity: Int64 { get }
  static func combine(_ left: Int64, _ right: Int64) -> Int64
}

/// `binary_all_and`.
enum BitwiseAnd: BitCombination {
  static var identity: Int64 { -1 }
  @inline(__always) static func combine(_ left: Int64, _ right: Int64) -> Int64 { left & right }
}

/// `binary_all_or`.
enum BitwiseOr: BitCombination {
  static var identity: Int64 { 0 }
  @inline(__always) static func combine(_ left: Int64, _ right: Int64) -> Int64 { left | right }
}

/// `binary_all_xor`.
enum BitwiseXor: BitCombination {
  static var identity: Int64 { 0 }
  @inline(__always) static func combine(_ left: Int64, _ right: Int64) -> Int64 { left ^ right }
}

/// Combined bits, if any value came.
struct CombinedBits: BitwiseCopyable {
  var bits: Int64
  var isPresent: Bool
}

/// `binary_all_and`, `binary_all_or` and `binary_all_xor`; null over no rows.
enum BitRule<Value: FixedWidthValue & FixedWidthInteger, Way: BitCombination>: FoldRule {
  static var empty: CombinedBits { CombinedBits(bits: Way.identity, isPresent: false) }

  @inline(__always)
  static func add(_ value: Value, to total: inout CombinedBits) {
    total.bits = Way.combine(total.bits, Int64(truncatingIfNeeded: value))
    total.isPresent = true
  }

  @inline(__always)
  static func combine(_ later: CombinedBits, into total: inout CombinedBits) {
    total.bits = Way.combine(total.bits, later.bits)
    total.isPresent = total.isPresent || later.isPresent
  }

  static func result(_ total: CombinedBits) -> Value? {
    total.isPresent ? Value(truncatingIfNeeded: total.bits) : nil
  }
}
