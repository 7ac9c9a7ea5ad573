import CSIMD
import Columnar

/// Rounds whole numbers down to multiples of a step.
struct BinStep {
  private let step: Int64
  private let multiplier: UInt64
  private let shift: UInt64

  /// Prepares a step; nil for one that is not positive.
  ///
  /// A number that is not negative is divided by one multiplication, exactly: for 63-bit numbers
  /// the multiplier rounded up to 64 bits always suffices (Granlund and Montgomery).
  init?(_ step: Int64) {
    guard step > 0 else { return nil }
    self.step = step
    let length = 64 &- (step &- 1).leadingZeroBitCount
    shift = UInt64(max(0, length &- 1))
    guard step > 1 else {
      multiplier = 0
      return
    }
    let divisor = UInt64(step)
    let (quotient, rest) = divisor.dividingFullWidth((1 &<< UInt64(length &- 1), 0))
    multiplier = rest == 0 ? quotient : quotient &+ 1
  }

  /// The greatest multiple that is not above a number; wraps below the least long.
  @inline(__always)
  func floor(_ value: Int64) -> Int64 {
    if value < 0 || multiplier == 0 { return slowFloor(value) }
    let high = UInt64(bitPattern: value).multipliedFullWidth(by: multiplier).high
    return Int64(bitPattern: (high &>> shift) &* UInt64(bitPattern: step))
  }

  private func slowFloor(_ value: Int64) -> Int64 {
    let rest = value % step
    return value &- (rest < 0 ? rest &+ step : rest)
  }

  /// The greatest multiple of any step that is not above a number; nil for a step that is not
  /// positive.
  static func floor(_ value: Int64, _ step: Int64) -> Int64? {
    guard step > 0 else { return nil }
    let rest = value % step
    return value &- (rest < 0 ? rest &+ step : rest)
  }
}

extension ScalarFunction {
  /// Rounding to bins.
  static let binFamily: [ScalarFunction] = [bin, binFloor, binAt, binAuto]

  /// What `bin` and `floor` take.
  private static let binOperands = """
    value:Number roundTo:Number -> Widest
    | value:timespan roundTo:timespan -> timespan
    | value:datetime roundTo:datetime -> datetime
    | value:datetime roundTo:timespan -> datetime
    """

  static let bin = ScalarFunction(
    "bin",
    binOperands,
    naming: .firstArgument,
    "Rounds down to a multiple of a step; instants are counted from year 1.",
    examples: [
      Example("print bin(-7, 5)", "-10"),
      Example("print bin(datetime(2024-05-15 13:45), 1h)", "2024-05-15T13:00:00.0000000Z"),
    ],
    kernels: binKernels
  )

  static let binFloor = ScalarFunction(
    "floor",
    binOperands,
    naming: .firstArgument,
    "Rounds down to a multiple of a step, as bin does.",
    examples: [
      Example("print floor(5.5, 2)", "4.0"),
      Example("print floor(26h, 1d)", "1.00:00:00"),
    ],
    kernels: binKernels
  )

  private static let binKernels: [ScalarKernel] = [
    binKernel(.long, .long),
    .map { (value: Double, step: Double) -> Double? in
      step > 0 ? (value / step).rounded(.down) * step : nil
    },
    .map { (value: Decimal128, step: Decimal128) -> Decimal128? in
      guard !step.isNegative, !step.isZero else { return nil }
      return value.divided(by: step)?.rounded(places: 0, .down).multiplied(by: step)
    },
    binKernel(.timespan, .timespan),
    binKernel(.datetime, .timespan),
    binKernel(.datetime, .datetime),
  ]

  /// Bins values that are 64-bit numbers: longs and times.
  private static func binKernel(_ value: ScalarType, _ step: ScalarType) -> ScalarKernel {
    ScalarKernel([.type(value), .type(step)], result: value) { call in
      if call.hasConstantNull { return call.missingResult() }
      let count = call.isConstant ? 1 : call.count
      let values = FixedOperand<Int64>(call.arguments[0])
      let steps = FixedOperand<Int64>(call.arguments[1])
      guard steps.isConstant else { return binRows(call, values, steps, count) }
      guard let step = BinStep(steps.base[0]) else { return call.missingResult() }
      let results = Buffer(byteCount: count * 8)
      let target = results.values(Int64.self)
      let source = values.base
      withExtendedLifetime(values.owner) {
        for row in 0..<count { target[row] = step.floor(source[row]) }
      }
      let rows = FixedRows(values: results, nulls: call.combinedNulls())
      return call.widened(Vector(type: value, count: count, layout: .fixed(rows)))
    }
  }

  private static func binRows(
    _ call: KernelCall,
    _ values: FixedOperand<Int64>,
    _ steps: FixedOperand<Int64>,
    _ count: Int
  ) -> Vector {
    let results = Buffer(byteCount: count * 8)
    let flags = Buffer(byteCount: count)
    let nulls = call.combinedNulls()
    withExtendedLifetime((values.owner, steps.owner, nulls)) {
      for row in 0..<count {
        let value = values.base[values.isConstant ? 0 : row]
        let found = BinStep.floor(value, steps.base[row])
        results.values(Int64.self)[row] = found ?? 0
        let wasNull = nulls.map { $0.base[row] } ?? 0
        flags.values(UInt8.self)[row] = found == nil ? 1 : wasNull
      }
    }
    let rows = FixedRows(values: results, nulls: NullRows(flags: flags))
    return Vector(type: call.resultType, count: count, layout: .fixed(rows))
  }

  /// With a size among the query's options the binder makes it a call of `bin` or `bin_at`, so
  /// that execution sees it only where there is none.
  static let binAuto = ScalarFunction(
    "bin_auto",
    "value:Summable -> Custom",
    naming: .firstArgument,
    "Rounds down to bins whose size, and one of whose starts, the query's options say.",
    examples: [
      Example("set query_bin_auto_size = 5; print bin_auto(13)", "10"),
      Example(
        "set query_bin_auto_size = 1h; set query_bin_auto_at = datetime(2024-01-01 00:05); "
          + "print bin_auto(datetime(2024-05-15 13:45))",
        "2024-05-15T13:05:00.0000000Z"
      ),
    ],
    kernels: [
      ScalarKernel([.any], result: nil) { call in
        throw QueryFailure(
          .evaluation,
          "bin_auto() needs a size of bins; put 'set query_bin_auto_size = 1h;' before the query",
          range: call.site.range
        )
      }
    ]
  ).hidden

  static let binAt = ScalarFunction(
    "bin_at",
    """
    value:Number bin_size:Number fixed_point:Number -> Widest
    | value:timespan bin_size:Number fixed_point:timespan -> timespan
    | value:timespan bin_size:timespan fixed_point:timespan -> timespan
    | value:datetime bin_size:Summable fixed_point:datetime -> datetime
    """,
    naming: .firstArgument,
    "Rounds down to bins of a size, one of which starts at a fixed point.",
    examples: [
      Example("print bin_at(6.5, 2.5, 7.0)", "4.5"),
      Example(
        "print bin_at(datetime(2017-05-17 10:20), 7d, datetime(2017-06-04))",
        "2017-05-14T00:00:00.0000000Z"
      ),
    ],
    kernels: [
      .map { (value: Int64, size: Int64, point: Int64) in binAt(value, size, point) },
      .map { (value: Double, size: Double, point: Double) -> Double? in
        size > 0 ? ((value - point) / size).rounded(.down) * size + point : nil
      },
      .map { (value: TimeSpan, size: TimeSpan, point: TimeSpan) in
        binAt(value.ticks, size.ticks, point.ticks).map { TimeSpan(ticks: $0) }
      },
      .map { (value: DateTime, size: TimeSpan, point: DateTime) in
        binAt(value.ticks, size.ticks, point.ticks).flatMap { DateTime(checkedTicks: $0) }
      },
    ]
  )

  private static func binAt(_ value: Int64, _ size: Int64, _ point: Int64) -> Int64? {
    BinStep.floor(value &- point, size).map { $0 &+ point }
  }
}
