import Columnar

extension ScalarFunction {
  /// Functions that are not defined for every real number.
  static let partialRealFamily: [ScalarFunction] = [
    logarithm, logarithm2, logarithm10, arcSine, arcCosine,
  ]

  static let logarithm = ScalarFunction(
    "log",
    "number",
    naming: .firstArgument,
    "Computes the natural logarithm; null of negative numbers.",
    examples: [
      Example("print log(1)", "0.0"),
      Example("print log(-1)", "null"),
    ],
    kernels: [.map { (x: Double) -> Double? in x < 0 ? nil : MathLibrary.logarithm(x) }]
  )

  static let logarithm2 = ScalarFunction(
    "log2",
    "number",
    naming: .firstArgument,
    "Computes the logarithm to base 2; null of negative numbers.",
    examples: [
      Example("print log2(8)", "3.0"),
      Example("print log2(-1)", "null"),
    ],
    kernels: [.map { (x: Double) -> Double? in x < 0 ? nil : MathLibrary.logarithm2(x) }]
  )

  static let logarithm10 = ScalarFunction(
    "log10",
    "number",
    naming: .firstArgument,
    "Computes the logarithm to base 10; null of negative numbers.",
    examples: [
      Example("print log10(1000)", "3.0"),
      Example("print log10(-1)", "null"),
    ],
    kernels: [.map { (x: Double) -> Double? in x < 0 ? nil : MathLibrary.logarithm10(x) }]
  )

  static let arcSine = ScalarFunction(
    "asin",
    "number",
    naming: .firstArgument,
    "Finds the angle in radians of a sine; null beyond -1 to 1.",
    examples: [
      Example("print asin(0)", "0.0"),
      Example("print asin(2)", "null"),
    ],
    kernels: [.map { (x: Double) -> Double? in abs(x) > 1 ? nil : MathLibrary.arcSine(x) }]
  )

  static let arcCosine = ScalarFunction(
    "acos",
    "number",
    naming: .firstArgument,
    "Finds the angle in radians of a cosine; null beyond -1 to 1.",
    examples: [
      Example("print acos(1)", "0.0"),
      Example("print acos(2)", "null"),
    ],
    kernels: [.map { (x: Double) -> Double? in abs(x) > 1 ? nil : MathLibrary.arcCosine(x) }]
  )
}
