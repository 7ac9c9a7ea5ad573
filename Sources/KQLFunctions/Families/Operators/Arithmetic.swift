import Columnar

// Addition, subtraction, multiplication and sign. Integers compute in long and wrap; a datetime
// that leaves the years 1 to 9999 is null.

extension ScalarFunction {
  static let arithmeticFamily: [ScalarFunction] = [
    add, subtract, multiply, divide, modulo, unaryMinus, unaryPlus,
  ]

  /// What `*`, `/` and `%` take besides where an operand is dynamic.
  static let dynamicFactors = """
    left:dynamic right:dynamic -> dynamic
    | left:dynamic right:int -> long
    | left:int right:dynamic -> long
    | left:dynamic right:Number -> Parameter1
    | left:Number right:dynamic -> Parameter0
    """

  static let add = ScalarFunction(
    "Add",
    """
    left:Number right:Number -> Widest
    | left:timespan right:timespan -> timespan
    | left:datetime+timespan right:datetime+timespan -> datetime
    | left:dynamic right:dynamic -> dynamic
    | left:dynamic right:int -> long
    | left:int right:dynamic -> long
    | left:dynamic right:int+long+real+decimal+timespan+datetime -> Parameter1
    | left:int+long+real+decimal+timespan+datetime right:dynamic -> Parameter0
    """,
    "Adds two numbers, or a time span to a time.",
    examples: [
      Example("print 1 + 2.5", "3.5"),
      Example("print datetime(2024-02-28) + 1d", "2024-02-29T00:00:00.0000000Z"),
      Example("print 1 + long(null)", "null"),
    ],
    kernels: [
      .zip { (left: Int64, right: Int64) in left &+ right },
      .refusingDynamics(result: .dynamic),
      .map { (left: Decimal128, right: Decimal128) in left.adding(right) },
      .zip { (left: Double, right: Double) in left + right },
      .zip { (left: TimeSpan, right: TimeSpan) in TimeSpan(ticks: left.ticks &+ right.ticks) },
      .zipNullable { (left: DateTime, right: TimeSpan, isNull: inout UInt8) in
        checkedInstant(left.ticks.addingReportingOverflow(right.ticks), &isNull)
      },
      .zipNullable { (left: TimeSpan, right: DateTime, isNull: inout UInt8) in
        checkedInstant(left.ticks.addingReportingOverflow(right.ticks), &isNull)
      },
    ]
  )

  static let subtract = ScalarFunction(
    "Subtract",
    """
    left:Number right:Number -> Widest
    | left:timespan right:timespan -> timespan
    | left:datetime right:datetime -> timespan
    | left:datetime right:dynamic -> timespan
    | left:dynamic right:datetime -> timespan
    | left:datetime right:timespan -> datetime
    | left:timespan right:datetime -> datetime
    | left:dynamic right:dynamic -> dynamic
    | left:dynamic right:int -> long
    | left:int right:dynamic -> long
    | left:dynamic right:int+long+real+decimal+timespan+datetime -> Parameter1
    | left:int+long+real+decimal+timespan+datetime right:dynamic -> Parameter0
    """,
    "Subtracts numbers, time spans, or times from each other.",
    examples: [
      Example("print 1 - 2.5", "-1.5"),
      Example("print datetime(2024-03-01) - datetime(2024-02-28)", "2.00:00:00"),
      Example("print datetime(0001-01-01) - 1d", "null"),
    ],
    kernels: [
      .zip { (left: Int64, right: Int64) in left &- right },
      .refusingDynamics(result: .dynamic),
      .map { (left: Decimal128, right: Decimal128) in left.subtracting(right) },
      .zip { (left: Double, right: Double) in left - right },
      .zip { (left: TimeSpan, right: TimeSpan) in TimeSpan(ticks: left.ticks &- right.ticks) },
      .zip { (left: DateTime, right: DateTime) in TimeSpan(ticks: left.ticks &- right.ticks) },
      .zipNullable { (left: DateTime, right: TimeSpan, isNull: inout UInt8) in
        checkedInstant(left.ticks.subtractingReportingOverflow(right.ticks), &isNull)
      },
    ]
  )

  static let multiply = ScalarFunction(
    "Multiply",
    """
    left:Number right:Number -> Widest
    | left:timespan right:timespan -> timespan
    | left:timespan right:Number -> timespan
    | left:Number right:timespan -> timespan
    | left:datetime right:Number -> datetime
    | left:Number right:datetime -> datetime
    | \(dynamicFactors)
    """,
    "Multiplies numbers, or a time span by a number.",
    examples: [
      Example("print 3 * 2.5", "7.5"), Example("print 1d * 2.5", "2.12:00:00"),
    ],
    kernels: [
      .zip { (left: Int64, right: Int64) in left &* right },
      .refusingDynamics(result: .dynamic),
      .map { (left: Decimal128, right: Decimal128) in left.multiplied(by: right) },
      .zip { (left: Double, right: Double) in left * right },
      .zip { (left: TimeSpan, right: Int64) in TimeSpan(ticks: left.ticks &* right) },
      .zip { (left: Int64, right: TimeSpan) in TimeSpan(ticks: left &* right.ticks) },
      .zipNullable { (left: TimeSpan, right: Double, isNull: inout UInt8) in
        checkedSpan(Double(left.ticks) * right, &isNull)
      },
      .zipNullable { (left: Double, right: TimeSpan, isNull: inout UInt8) in
        checkedSpan(left * Double(right.ticks), &isNull)
      },
    ]
  )

  static let unaryMinus = ScalarFunction(
    "UnaryMinus",
    "operand:Summable -> Custom | operand:dynamic -> dynamic",
    "Changes the sign of a number or time span.",
    examples: [Example("print -(3)", "-3"), Example("print -(90m)", "-01:30:00")],
    kernels: [
      .map { (operand: Int64) in 0 &- operand },
      .map { (operand: Decimal128) in operand.negated },
      .map { (operand: Double) in -operand },
      .map { (operand: TimeSpan) in TimeSpan(ticks: 0 &- operand.ticks) },
    ]
  )

  static let unaryPlus = ScalarFunction(
    "UnaryPlus",
    "operand:Summable -> Custom | operand:dynamic -> dynamic",
    "Returns a number or time span as it is.",
    examples: [Example("print +(3)", "3"), Example("print +(90m)", "01:30:00")],
    kernels: [
      .map { (operand: Int64) in operand },
      .map { (operand: Decimal128) in operand },
      .map { (operand: Double) in operand },
      .map { (operand: TimeSpan) in operand },
    ]
  )
}

/// The instant of a sum of ticks, or null where it lies outside of the years 1 to 9999.
@inline(__always)
private func checkedInstant(
  _ sum: (partialValue: Int64, overflow: Bool),
  _ isNull: inout UInt8
) -> DateTime {
  let isOutside =
    sum.overflow || sum.partialValue < 0 || sum.partialValue > DateTime.maximumTicks
  isNull = isOutside ? 1 : 0
  return DateTime(ticks: sum.partialValue)
}

/// The time span of a number of ticks, cut toward zero; null where there is none so long.
@inline(__always)
func checkedSpan(_ ticks: Double, _ isNull: inout UInt8) -> TimeSpan {
  guard let whole = Int64(exactly: ticks.rounded(.towardZero)) else {
    isNull = 1
    return TimeSpan(ticks: 0)
  }
  return TimeSpan(ticks: whole)
}
