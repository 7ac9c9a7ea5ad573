import Columnar

/// An operator that compares two values of one ordered type.
protocol OrderComparison: SendableMetatype {
  @inline(__always)
  static func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool
}

enum LessComparison: OrderComparison {
  static func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool { left < right }
}

enum LessOrEqualComparison: OrderComparison {
  static func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool { left <= right }
}

enum GreaterComparison: OrderComparison {
  static func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool { left > right }
}

enum GreaterOrEqualComparison: OrderComparison {
  static func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool { left >= right }
}

extension ScalarFunction {
  static let comparisonFamily: [ScalarFunction] = [
    equal, notEqual, lessThan, lessThanOrEqual, greaterThan, greaterThanOrEqual,
  ]

  /// What `<` and its kin take.
  private static let orderedOperands = """
    left:bool right:NumberOrBool !
    | left:Number right:NumberOrBool
    | left:timespan right:timespan
    | left:datetime right:datetime
    | left:dynamic right:dynamic
    | left:dynamic right:Number
    | left:Number right:dynamic
    """

  static let lessThan = ScalarFunction(
    "LessThan",
    orderedOperands,
    "Tells whether a value is less than another.",
    examples: [Example("print 1 < 2.5", "true"), Example("print 1 < long(null)", "null")],
    kernels: orderKernels(LessComparison.self)
  )

  static let lessThanOrEqual = ScalarFunction(
    "LessThanOrEqual",
    orderedOperands,
    "Tells whether a value is at most another.",
    examples: [Example("print 2 <= 2", "true"), Example("print 1h <= 59m", "false")],
    kernels: orderKernels(LessOrEqualComparison.self)
  )

  static let greaterThan = ScalarFunction(
    "GreaterThan",
    orderedOperands,
    "Tells whether a value is greater than another.",
    examples: [
      Example("print datetime(2024-01-02) > datetime(2024-01-01)", "true"),
      Example("print real(nan) > 1", "false"),
    ],
    kernels: orderKernels(GreaterComparison.self)
  )

  static let greaterThanOrEqual = ScalarFunction(
    "GreaterThanOrEqual",
    orderedOperands,
    "Tells whether a value is at least another.",
    examples: [Example("print 2 >= 2", "true"), Example("print 1 >= 2", "false")],
    kernels: orderKernels(GreaterOrEqualComparison.self)
  )
}

/// The kernels of an ordering operator: null in, null out; NaN compares false.
private func orderKernels<Order: OrderComparison>(_ order: Order.Type) -> [ScalarKernel] {
  [
    .zip { (left: Int64, right: Int64) in Order.holds(left, right) },
    .zip { (left: Int32, right: Int32) in Order.holds(left, right) },
    .zip { (left: Int32, right: Int64) in Order.holds(Int64(left), right) },
    .zip { (left: Int64, right: Int32) in Order.holds(left, Int64(right)) },
    .zip { (left: Double, right: Double) in Order.holds(left, right) },
    .map { (left: Decimal128, right: Decimal128) in Order.holds(left, right) },
    .zip { (left: TimeSpan, right: TimeSpan) in Order.holds(left.ticks, right.ticks) },
    .zip { (left: DateTime, right: DateTime) in Order.holds(left.ticks, right.ticks) },
    .zip { (left: Bool, right: Bool) in Order.holds(left.number, right.number) },
    .zip { (left: Bool, right: Int64) in Order.holds(left.number, right) },
    .zip { (left: Int64, right: Bool) in Order.holds(left, right.number) },
  ] + ScalarKernel.dynamicOrders(order) + [.refusingDynamics(result: .bool)]
}

extension Bool {
  /// 1 for true, 0 for false.
  @inline(__always) var number: Int64 { Int64(unsafeBitCast(self, to: UInt8.self)) }
}
