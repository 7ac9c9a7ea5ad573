import Columnar

extension ScalarFunction {
  /// Tests of whether samples have one mean.
  static let meanTestFamily: [ScalarFunction] = [welchTest]

  static let welchTest = ScalarFunction(
    "welch_test",
    """
    mean1:Number variance1:Number count1:Number mean2:Number variance2:Number count2:Number -> real
    """,
    "Computes the two-sided probability that samples of one mean differ as much (Welch's t-test).",
    examples: [
      Example("print round(welch_test(20.8, 7.9, 15, 23.0, 3.8, 15), 6)", "0.019756"),
      Example("print welch_test(5, 2, 10, 5, 4, 8)", "1.0"),
    ],
    kernels: [
      .viewing([ScalarKernel.Parameter](repeating: .type(.real), count: 6)) {
        arguments -> Double? in
        let numbers = (0..<6).compactMap { arguments[$0].number }
        guard numbers.count == 6 else { return nil }
        let first = SampleSummary(mean: numbers[0], variance: numbers[1], count: numbers[2])
        let second = SampleSummary(mean: numbers[3], variance: numbers[4], count: numbers[5])
        return first.probabilityOfOneMean(with: second)
      }
    ]
  )
}

/// What the t-test needs to know of a sample.
private struct SampleSummary {
  let mean: Double
  /// The sample form, divided by the count less one.
  let variance: Double
  let count: Double

  /// The two-sided probability of a difference as great as that of the means, with degrees of
  /// freedom by Welch and Satterthwaite; NaN where samples do not vary or are too small.
  func probabilityOfOneMean(with other: SampleSummary) -> Double {
    guard count > 1, other.count > 1, variance >= 0, other.variance >= 0 else { return .nan }
    let error = variance / count
    let otherError = other.variance / other.count
    let total = error + otherError
    let freedom =
      total * total
      / (error * error / (count - 1) + otherError * otherError / (other.count - 1))
    let difference = mean - other.mean
    let squaredT = difference * difference / total
    return BetaDistribution.cumulative(freedom / (freedom + squaredT), freedom / 2, 0.5)
  }
}
