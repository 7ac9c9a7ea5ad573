import Columnar

/// The beta distribution, by the continued fraction of the incomplete beta function.
enum BetaDistribution {
  /// The probability of a value up to `x`; NaN outside of its domain.
  static func cumulative(_ x: Double, _ alpha: Double, _ beta: Double) -> Double {
    guard x >= 0, x <= 1, alpha > 0, beta > 0 else { return .nan }
    if x == 0 || x == 1 { return x }
    let front = MathLibrary.exponential(
      logFactor(alpha, beta) + alpha * MathLibrary.logarithm(x)
        + beta * MathLibrary.logarithm(1 - x)
    )
    if x < (alpha + 1) / (alpha + beta + 2) {
      return front * fraction(x, alpha, beta) / alpha
    }
    return 1 - front * fraction(1 - x, beta, alpha) / beta
  }

  /// The density at `x`; NaN outside of its domain.
  static func density(_ x: Double, _ alpha: Double, _ beta: Double) -> Double {
    guard x >= 0, x <= 1, alpha > 0, beta > 0 else { return .nan }
    return MathLibrary.exponential(logFactor(alpha, beta))
      * MathLibrary.power(x, alpha - 1) * MathLibrary.power(1 - x, beta - 1)
  }

  /// The value up to which a probability lies, by bisection; NaN outside of its domain.
  static func quantile(_ probability: Double, _ alpha: Double, _ beta: Double) -> Double {
    guard probability >= 0, probability <= 1, alpha > 0, beta > 0 else { return .nan }
    if probability == 0 || probability == 1 { return probability }
    var low = 0.0
    var high = 1.0
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if cumulative(middle, alpha, beta) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private static func logFactor(_ alpha: Double, _ beta: Double) -> Double {
    MathLibrary.logGamma(alpha + beta) - MathLibrary.logGamma(alpha) - MathLibrary.logGamma(beta)
  }

  /// Evaluates the continued fraction by Lentz's method.
  private static func fraction(_ x: Double, _ alpha: Double, _ beta: Double) -> Double {
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
    var numerator = 1.0
    var denominator = 1 / kept(1 - (alpha + beta) * x / (alpha + 1))
    var result = denominator
    for step in 1...1000 {
      let m = Double(step)
      let even = m * (beta - m) * x / ((alpha + 2 * m - 1) * (alpha + 2 * m))
      denominator = 1 / kept(1 + even * denominator)
      numerator = kept(1 + even / numerator)
      result *= denominator * numerator
      let odd =
        -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2 * m) * (alpha + 2 * m + 1))
      denominator = 1 / kept(1 + odd * denominator)
      numerator = kept(1 + odd / numerator)
      let change = denominator * numerator
      result *= change
      if (change - 1).magnitude < 1e-15 { break }
    }
    return result
  }
}

extension ScalarFunction {
  /// The beta distribution.
  static let betaFamily: [ScalarFunction] = [betaCumulative, betaInverse, betaDensity]

  static let betaCumulative = ScalarFunction(
    "beta_cdf",
    "x alpha beta",
    "Computes the probability of a value up to x under the beta distribution.",
    examples: [
      Example("print round(beta_cdf(0.5, 1, 1), 6)", "0.5"),
      Example("print beta_cdf(2, 1, 1)", "NaN"),
    ],
    kernels: [
      .map { (x: Double, a: Double, b: Double) -> Double in
        BetaDistribution.cumulative(x, a, b)
      }
    ]
  )

  static let betaInverse = ScalarFunction(
    "beta_inv",
    "probability alpha beta",
    "Finds the value up to which a probability lies under the beta distribution.",
    examples: [
      Example("print round(beta_inv(0.5, 1, 1), 6)", "0.5"),
      Example("print beta_inv(2, 1, 1)", "NaN"),
    ],
    kernels: [
      .map { (p: Double, a: Double, b: Double) -> Double in BetaDistribution.quantile(p, a, b) }
    ]
  )

  static let betaDensity = ScalarFunction(
    "beta_pdf",
    "x alpha beta",
    "Computes the density of the beta distribution.",
    examples: [
      Example("print round(beta_pdf(0.5, 2, 2), 6)", "1.5"),
      Example("print beta_pdf(2, 1, 1)", "NaN"),
    ],
    kernels: [
      .map { (x: Double, a: Double, b: Double) -> Double in BetaDistribution.density(x, a, b) }
    ]
  )
}
