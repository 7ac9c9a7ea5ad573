import Columnar

// Division cuts toward zero and the remainder is never negative, so the two do not fit together:
// -7 / 2 is -3 and -7 % 2 is 1. An integer divided by zero is null.

extension ScalarFunction {
  static let divide = ScalarFunction(
    "Divide",
    """
    left:Number right:Number -> Widest
    | left:timespan right:timespan -> real
    | left:timespan right:Number -> timespan
    | left:datetime right:datetime -> real
    | left:datetime right:timespan -> real
    | left:datetime right:Number -> datetime
    | \(dynamicFactors)
    """,
    "Divides numbers, time spans, or a time span by a number.",
    examples: [
      Example("print -7 / 2", "-3"), Example("print 1d / 1h", "24.0"),
      Example("print 1 / 0", "null"),
    ],
    kernels: [
      .zipNullable { (left: Int64, right: Int64, isNull: inout UInt8) in
        quotient(left, right, &isNull)
      },
      .zip { (left: Double, right: Double) in left / right },
      .map { (left: Decimal128, right: Decimal128) in left.divided(by: right) },
      .zip { (left: TimeSpan, right: TimeSpan) in Double(left.ticks) / Double(right.ticks) },
      .zipNullable { (left: TimeSpan, right: Int64, isNull: inout UInt8) in
        TimeSpan(ticks: quotient(left.ticks, right, &isNull))
      },
      .zipNullable { (left: TimeSpan, right: Double, isNull: inout UInt8) in
        checkedSpan(Double(left.ticks) / right, &isNull)
      },
      .zip { (left: DateTime, right: DateTime) in Double(left.ticks) / Double(right.ticks) },
      .zip { (left: DateTime, right: TimeSpan) in Double(left.ticks) / Double(right.ticks) },
      .refusingDynamics(result: .dynamic),
    ]
  )

  static let modulo = ScalarFunction(
    "Modulo",
    """
    left:Number right:Number -> Widest
    | left:timespan right:timespan -> timespan
    | left:timespan right:Number -> timespan
    | left:datetime right:datetime -> timespan
    | left:datetime right:timespan -> timespan
    | left:datetime right:Number -> datetime
    | \(dynamicFactors)
    """,
    "Gives the remainder of a division, which is never negative.",
    examples: [
      Example("print -7 % 3", "2"), Example("print 1d % 5h", "04:00:00"),
      Example("print 1 % 0", "null"),
    ],
    kernels: [
      .zipNullable { (left: Int64, right: Int64, isNull: inout UInt8) in
        remainder(left, right, &isNull)
      },
      .zip { (left: Double, right: Double) in
        let rest = left.truncatingRemainder(dividingBy: right)
        return rest < 0 ? rest + right.magnitude : rest
      },
      .map { (left: Decimal128, right: Decimal128) in left.remainder(dividingBy: right) },
      .zipNullable { (left: TimeSpan, right: TimeSpan, isNull: inout UInt8) in
        TimeSpan(ticks: remainder(left.ticks, right.ticks, &isNull))
      },
      .zipNullable { (left: DateTime, right: TimeSpan, isNull: inout UInt8) in
        TimeSpan(ticks: remainder(left.ticks, right.ticks, &isNull))
      },
      .refusingDynamics(result: .dynamic),
    ]
  )
}

@inline(__always)
private func quotient(_ left: Int64, _ right: Int64, _ isNull: inout UInt8) -> Int64 {
  if right &+ 1 < 2, right &+ 1 >= 0 {
    if right == 0 { isNull = 1 }
    return right == -1 ? 0 &- left : 0
  }
  return left / right
}

@inline(__always)
private func remainder(_ left: Int64, _ right: Int64, _ isNull: inout UInt8) -> Int64 {
  if right &+ 1 < 2, right &+ 1 >= 0 {
    if right == 0 { isNull = 1 }
    return 0
  }
  let rest = left % right
  return rest < 0 ? (right < 0 ? rest &- right : rest &+ right) : rest
}
