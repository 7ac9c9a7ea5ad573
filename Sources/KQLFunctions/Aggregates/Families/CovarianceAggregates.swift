import Columnar

extension AggregateFunction {
  /// How two values vary together.
  static let covarianceFamily: [AggregateFunction] = [
    covariance, covarianceIf, populationCovariance, populationCovarianceIf,
  ]

  static let covariance = AggregateFunction(
    "covariance",
    "expr:Summable expr:Summable -> real",
    "Estimates the covariance of two values from a sample.",
    examples: [
      Example("range x from 1 to 3 step 1 | summarize covariance(x, 2 * x)", "2.0"),
      Example("print x = 1, y = 2 | summarize covariance(x, y)", "0.0"),
    ]
  ) { try covarianceState($0, "covariance", isSample: true) }

  static let covarianceIf = filtered(
    "covarianceif",
    of: covariance,
    "expr:Summable expr:Summable predicate:bool -> real",
    predicate: 2,
    "Estimates the covariance from the rows in which a predicate is true.",
    examples: [
      Example("range x from 1 to 4 step 1 | summarize covarianceif(x, 2 * x, x < 4)", "2.0"),
      Example("range x from 1 to 4 step 1 | summarize covarianceif(x, x, x > 9)", "0.0"),
    ]
  )

  static let populationCovariance = AggregateFunction(
    "covariancep",
    "expr:Summable expr:Summable -> real",
    "Computes the covariance of two values of a population.",
    examples: [
      Example("datatable(x:long, y:long)[1, 2, 3, 6] | summarize covariancep(x, y)", "2.0"),
      Example("print x = 1, y = 2 | summarize covariancep(x, y)", "0.0"),
    ]
  ) { try covarianceState($0, "covariancep", isSample: false) }

  static let populationCovarianceIf = filtered(
    "covariancepif",
    of: populationCovariance,
    "expr:Summable expr:Summable predicate:bool -> real",
    predicate: 2,
    "Computes the covariance of the rows in which a predicate is true.",
    examples: [
      Example(
        "datatable(x:long, y:long)[1, 2, 3, 6, 9, 9] | summarize covariancepif(x, y, x < 9)",
        "2.0"
      ),
      Example("range x from 1 to 4 step 1 | summarize covariancepif(x, x, x > 9)", "0.0"),
    ]
  )

  private static func covarianceState(
    _ request: AggregateRequest,
    _ name: String,
    isSample: Bool
  ) throws -> any AggregateState {
    for index in 0..<2 {
      switch request.type(index) {
      case .int, .long, .real, .decimal, .datetime, .timespan: continue
      default: throw request.unsupported(name, index)
      }
    }
    return CovarianceState(isSample: isSample)
  }
}
