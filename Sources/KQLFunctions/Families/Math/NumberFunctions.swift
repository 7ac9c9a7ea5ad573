import Columnar

extension ScalarFunction {
  /// Signs, rounding, powers and kinds of numbers.
  static let numberFamily: [ScalarFunction] = [
    absolute, sign, round, ceiling, power, pi, arcTangentOfQuotient, isNaN, isInfinite, isFinite,
  ]

  static let absolute = ScalarFunction(
    "abs",
    """
    number:Integer -> long
    | number:Number -> Parameter0
    | number:timespan -> timespan
    """,
    naming: .firstArgument,
    "Drops the sign of a number or time span.",
    examples: [Example("print abs(-5)", "5"), Example("print abs(-1h)", "01:00:00")],
    kernels: [
      .map { (x: Int64) -> Int64 in x < 0 ? 0 &- x : x },
      .map { (x: Double) -> Double in x.magnitude },
      .map { (x: Decimal128) -> Decimal128 in x.magnitude },
      .map { (x: TimeSpan) -> TimeSpan in TimeSpan(ticks: x.ticks < 0 ? 0 &- x.ticks : x.ticks) },
    ]
  )

  static let sign = ScalarFunction(
    "sign",
    "number",
    "Tells the sign of a number: -1, 0 or 1.",
    examples: [Example("print sign(-42)", "-1.0"), Example("print sign(0)", "0.0")],
    kernels: [.map { (x: Double) -> Double in x > 0 ? 1 : x < 0 ? -1 : 0 }]
  )

  static let round = ScalarFunction(
    "round",
    "number precision:long@Constant? -> Parameter0",
    naming: .firstArgument,
    "Rounds to a number of places, halves away from zero; negative places round before the point.",
    examples: [Example("print round(2.567, 1)", "2.6"), Example("print round(-2.5)", "-3.0")],
    kernels: [
      .map { (x: Int64) -> Int64 in x },
      .map { (x: Double) -> Double in x.rounded(.toNearestOrAwayFromZero) },
      .map { (x: Decimal128) -> Decimal128 in x.rounded() },
      .map { (x: Int64, places: Int64) -> Int64 in rounded(x, places) },
      .map { (x: Double, places: Int64) -> Double in rounded(x, places) },
      .map { (x: Decimal128, places: Int64) -> Decimal128 in
        x.rounded(places: Int(max(-40, min(places, 40))))
      },
    ]
  )

  private static func rounded(_ x: Double, _ places: Int64) -> Double {
    let scale = MathLibrary.power(10, Double(min(max(places, -308), 308).magnitude))
    let scaled = places < 0 ? x / scale : x * scale
    guard scaled.isFinite, scaled.magnitude < 9e15 else { return x }
    let whole = scaled.rounded(.toNearestOrAwayFromZero)
    return places < 0 ? whole * scale : whole / scale
  }

  private static func rounded(_ x: Int64, _ places: Int64) -> Int64 {
    guard places < 0 else { return x }
    guard places >= -18 else { return 0 }
    var unit: Int64 = 1
    for _ in 0..<(0 &- places) { unit &*= 10 }
    let rest = x % unit
    let base = x &- rest
    if rest.magnitude < (unit / 2).magnitude { return base }
    let (up, overflow) = base.addingReportingOverflow(x < 0 ? 0 &- unit : unit)
    return overflow ? x : up
  }

  static let ceiling = ScalarFunction(
    "ceiling",
    "number -> Parameter0",
    naming: .firstArgument,
    "Rounds up to a whole number.",
    examples: [Example("print ceiling(1.2)", "2.0"), Example("print ceiling(-1.2)", "-1.0")],
    kernels: [
      .map { (x: Int32) -> Int32 in x },
      .map { (x: Int64) -> Int64 in x },
      .map { (x: Double) -> Double in x.rounded(.up) },
      .map { (x: Decimal128) -> Decimal128 in x.rounded(places: 0, .up) },
    ]
  )

  static let power = ScalarFunction(
    "pow",
    "base exponent",
    naming: .firstArgument,
    "Raises a number to a power.",
    examples: [Example("print pow(2, 10)", "1024.0"), Example("print pow(4, 0.5)", "2.0")],
    kernels: [.map { (x: Double, y: Double) -> Double in MathLibrary.power(x, y) }]
  )

  static let pi = ScalarFunction(
    "pi",
    "",
    "Gives the ratio of a circle's circumference to its diameter.",
    examples: [
      Example("print round(pi(), 5)", "3.14159"), Example("print pi() == pi()", "true"),
    ],
    kernels: [
      ScalarKernel([], result: .real) { Vector(constant: .real(Double.pi), count: $0.count) }
    ]
  )

  static let arcTangentOfQuotient = ScalarFunction(
    "atan2",
    "y x",
    naming: .firstArgument,
    "Finds the angle in radians from the x axis to a point.",
    examples: [
      Example("print atan2(0, 1)", "0.0"), Example("print round(atan2(1, 0), 6)", "1.570796"),
    ],
    kernels: [.map { (y: Double, x: Double) -> Double in MathLibrary.arcTangent(y, x) }]
  )

  static let isNaN = ScalarFunction(
    "isnan",
    "number:real",
    "Tells whether a real is not a number.",
    examples: [
      Example("print isnan(0.0 / 0.0)", "true"), Example("print isnan(1.0)", "false"),
    ],
    kernels: [.map { (x: Double) -> Bool in x.isNaN }]
  )

  static let isInfinite = ScalarFunction(
    "isinf",
    "number:real",
    "Tells whether a real is infinite.",
    examples: [
      Example("print isinf(1.0 / 0.0)", "true"), Example("print isinf(1.0)", "false"),
    ],
    kernels: [.map { (x: Double) -> Bool in x.isInfinite }]
  )

  static let isFinite = ScalarFunction(
    "isfinite",
    "number:real",
    "Tells whether a real is neither infinite nor NaN.",
    examples: [
      Example("print isfinite(1.0)", "true"), Example("print isfinite(1.0 / 0.0)", "false"),
    ],
    kernels: [.map { (x: Double) -> Bool in x.isFinite }]
  )
}
