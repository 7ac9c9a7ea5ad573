import Columnar

extension ScalarFunction {
  /// Functions of one real number.
  static let realFamily: [ScalarFunction] = [
    squareRoot, exponential, exponential2, exponential10, sine, cosine, tangent, cotangent,
    arcTangent, degrees, radians, gamma, logGamma, errorFunction, complementaryErrorFunction,
  ]

  static let squareRoot = ScalarFunction(
    "sqrt",
    "number",
    naming: .firstArgument,
    "Computes the square root; NaN of negative numbers.",
    examples: [
      Example("print sqrt(9)", "3.0"),
      Example("print sqrt(-1)", "NaN"),
    ],
    kernels: [.map { (x: Double) -> Double in x.squareRoot() }]
  )

  static let exponential = ScalarFunction(
    "exp",
    "number",
    naming: .firstArgument,
    "Raises e to a power.",
    examples: [
      Example("print exp(0)", "1.0"),
      Example("print round(exp(1), 3)", "2.718"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.exponential(x) }]
  )

  static let exponential2 = ScalarFunction(
    "exp2",
    "number",
    naming: .firstArgument,
    "Raises 2 to a power.",
    examples: [
      Example("print exp2(10)", "1024.0"),
      Example("print exp2(-1)", "0.5"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.power(2, x) }]
  )

  static let exponential10 = ScalarFunction(
    "exp10",
    "number",
    naming: .firstArgument,
    "Raises 10 to a power.",
    examples: [
      Example("print exp10(3)", "1000.0"),
      Example("print exp10(0)", "1.0"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.power(10, x) }]
  )

  static let sine = ScalarFunction(
    "sin",
    "number",
    naming: .firstArgument,
    "Computes the sine of an angle in radians.",
    examples: [
      Example("print sin(0)", "0.0"),
      Example("print round(sin(pi() / 2), 6)", "1.0"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.sine(x) }]
  )

  static let cosine = ScalarFunction(
    "cos",
    "number",
    naming: .firstArgument,
    "Computes the cosine of an angle in radians.",
    examples: [
      Example("print cos(0)", "1.0"),
      Example("print round(cos(pi()), 6)", "-1.0"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.cosine(x) }]
  )

  static let tangent = ScalarFunction(
    "tan",
    "number",
    naming: .firstArgument,
    "Computes the tangent of an angle in radians.",
    examples: [
      Example("print tan(0)", "0.0"),
      Example("print round(tan(pi() / 4), 6)", "1.0"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.tangent(x) }]
  )

  static let cotangent = ScalarFunction(
    "cot",
    "number",
    "Computes the cotangent of an angle in radians.",
    examples: [
      Example("print round(cot(1), 6)", "0.642093"),
      Example("print round(cot(pi() / 4), 6)", "1.0"),
    ],
    kernels: [.map { (x: Double) -> Double in 1 / MathLibrary.tangent(x) }]
  )

  static let arcTangent = ScalarFunction(
    "atan",
    "number",
    naming: .firstArgument,
    "Finds the angle in radians of a tangent.",
    examples: [
      Example("print atan(0)", "0.0"),
      Example("print round(atan(1) * 4, 6)", "3.141593"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.arcTangent(x) }]
  )

  static let degrees = ScalarFunction(
    "degrees",
    "radians",
    "Converts radians to degrees.",
    examples: [
      Example("print degrees(pi())", "180.0"),
      Example("print degrees(0)", "0.0"),
    ],
    kernels: [.map { (x: Double) -> Double in 180 / Double.pi * x }]
  )

  static let radians = ScalarFunction(
    "radians",
    "degrees",
    "Converts degrees to radians.",
    examples: [
      Example("print radians(180) == pi()", "true"),
      Example("print radians(0)", "0.0"),
    ],
    kernels: [.map { (x: Double) -> Double in Double.pi / 180 * x }]
  )

  static let gamma = ScalarFunction(
    "gamma",
    "number",
    naming: .firstArgument,
    "Computes the gamma function.",
    examples: [
      Example("print gamma(5)", "24.0"),
      Example("print gamma(1)", "1.0"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.gamma(x) }]
  )

  static let logGamma = ScalarFunction(
    "loggamma",
    "number",
    naming: .firstArgument,
    "Computes the logarithm of the gamma function.",
    examples: [
      Example("print loggamma(1)", "0.0"),
      Example("print round(loggamma(5), 6)", "3.178054"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.logGamma(x) }]
  )

  static let errorFunction = ScalarFunction(
    "erf",
    "number",
    naming: .firstArgument,
    "Computes the error function.",
    examples: [
      Example("print erf(0)", "0.0"),
      Example("print round(erf(1), 6)", "0.842701"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.errorFunction(x) }]
  )

  static let complementaryErrorFunction = ScalarFunction(
    "erfc",
    "number",
    naming: .firstArgument,
    "Computes 1 minus the error function.",
    examples: [
      Example("print erfc(0)", "1.0"),
      Example("print round(erfc(1), 6)", "0.157299"),
    ],
    kernels: [.map { (x: Double) -> Double in MathLibrary.complementaryErrorFunction(x) }]
  )
}
