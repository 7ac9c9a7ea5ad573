import Columnar

extension AggregateFunction {
  /// Percentiles by nearest rank.
  static let percentileFamily: [AggregateFunction] = [
    percentile, percentiles, percentilesArray, percentileWeighted, percentilesWeighted,
    percentilesWeightedArray,
  ]

  static let percentile = AggregateFunction(
    "percentile",
    "expr:Scalar percentile:Number -> Custom",
    naming: .numbered,
    "Finds the value below which a percentage of the values lies, by nearest rank.",
    examples: [
      Example("range x from 1 to 100 step 1 | summarize percentile(x, 95)", "95"),
      Example("range x from 1 to 5 step 1 | summarize percentile(x, 50)", "3"),
    ]
  ) { try percentileState($0, "percentile", isArray: false, isWeighted: false) }

  static let percentiles = AggregateFunction(
    "percentiles",
    "expr:Scalar percentile:Number*1... -> Custom",
    naming: .numbered,
    "Finds several percentiles by nearest rank, a column each.",
    examples: [
      Example("range x from 1 to 100 step 1 | summarize percentiles(x, 5, 50)", "5, 50"),
      Example("range x from 1 to 4 step 1 | summarize percentiles(x, 0, 100)", "1, 4"),
    ]
  ) { try percentileState($0, "percentiles", isArray: false, isWeighted: false) }

  static let percentilesArray = AggregateFunction(
    "percentiles_array",
    "expr:Scalar percentile:Number*1... -> Custom | expr:Scalar percentiles:DynamicArray -> Custom",
    naming: .numbered,
    "Finds several percentiles by nearest rank, as one array.",
    examples: [
      Example("range x from 1 to 100 step 1 | summarize percentiles_array(x, 5, 50)", "[5,50]"),
      Example("range x from 1 to 4 step 1 | summarize percentiles_array(x, 0, 100)", "[1,4]"),
    ]
  ) { try percentileState($0, "percentiles_array", isArray: true, isWeighted: false) }

  static let percentileWeighted = AggregateFunction(
    "percentilew",
    "expr:Scalar weight:Integer percentile:Number -> Custom",
    naming: .numbered,
    "Finds a percentile of values that count as often as a weight says.",
    examples: [
      Example("datatable(x:long, w:long)[10, 9, 20, 1] | summarize percentilew(x, w, 90)", "10"),
      Example("datatable(x:long, w:long)[10, 9, 20, 1] | summarize percentilew(x, w, 91)", "20"),
    ]
  ) { try percentileState($0, "percentilew", isArray: false, isWeighted: true) }

  static let percentilesWeighted = AggregateFunction(
    "percentilesw",
    "expr:Scalar weight:Integer percentile:Number*1... -> Custom",
    naming: .numbered,
    "Finds several percentiles of weighted values, a column each.",
    examples: [
      Example(
        "datatable(x:long, w:long)[10, 9, 20, 1] | summarize percentilesw(x, w, 50, 99)",
        "10, 20"
      ),
      Example(
        "datatable(x:long, w:long)[10, 1, 20, 1] | summarize percentilesw(x, w, 50)",
        "10"
      ),
    ]
  ) { try percentileState($0, "percentilesw", isArray: false, isWeighted: true) }

  static let percentilesWeightedArray = AggregateFunction(
    "percentilesw_array",
    """
    expr:Scalar weight:Integer percentile:Number*1... -> Custom
    | expr:Scalar weight:Integer percentiles:DynamicArray -> Custom
    """,
    naming: .numbered,
    "Finds several percentiles of weighted values, as one array.",
    examples: [
      Example(
        "datatable(x:long, w:long)[10, 9, 20, 1] | summarize percentilesw_array(x, w, 50, 99)",
        "[10,20]"
      ),
      Example(
        "datatable(x:long, w:long)[10, 1, 20, 1] | summarize percentilesw_array(x, w, 50)",
        "[10]"
      ),
    ]
  ) { try percentileState($0, "percentilesw_array", isArray: true, isWeighted: true) }

  private static func percentileState(
    _ request: AggregateRequest,
    _ name: String,
    isArray: Bool,
    isWeighted: Bool
  ) throws -> any AggregateState {
    let wanted = PercentileRequest(
      percentages: try request.percentages(from: isWeighted ? 2 : 1, name),
      isArray: isArray,
      isWeighted: isWeighted
    )
    if isWeighted, request.type(1) != .long, request.type(1) != .int {
      throw request.unsupported(name, 1)
    }
    return switch request.type(0) {
    case .int: PercentileState(Int32.self, wanted)
    case .long: PercentileState(Int64.self, wanted)
    case .real: PercentileState(Double.self, wanted)
    case .datetime: PercentileState(DateTime.self, wanted)
    case .timespan: PercentileState(TimeSpan.self, wanted)
    default: throw request.unsupported(name)
    }
  }
}

extension AggregateRequest {
  /// The percentages among the constant arguments from a position on, or those of one array.
  fileprivate func percentages(from first: Int, _ name: String) throws -> [Double] {
    let found = constants.dropFirst(first).map { constant -> [Double]? in
      switch constant {
      case .dynamic(let array): array.withView { view in view.elements.map(\.percentage) }
      default: constant.flatMap(\.percentage).map { [$0] }
      }
    }
    let percentages = found.flatMap { $0 ?? [.nan] }
    guard !percentages.isEmpty, percentages.allSatisfy({ $0 >= 0 && $0 <= 100 }) else {
      throw QueryFailure(
        .evaluation,
        "the percentiles of \(name)() are constants from 0 to 100",
        range: range
      )
    }
    return percentages
  }
}

extension Scalar {
  fileprivate var percentage: Double? {
    switch self {
    case .int(let value): Double(value)
    case .long(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }
}

extension DynamicView {
  fileprivate var percentage: Double { long.map { Double($0) } ?? real ?? .nan }
}
