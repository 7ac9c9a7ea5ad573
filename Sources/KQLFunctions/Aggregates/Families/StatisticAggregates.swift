import Columnar

extension AggregateFunction {
  /// Spread of values and combined bits.
  static let statisticFamily: [AggregateFunction] = [
    deviation, deviationIf, populationDeviation, variance, varianceIf, populationVariance,
    populationVarianceIf, binaryAllAnd, binaryAllOr, binaryAllXor,
  ]

  static let deviation = AggregateFunction(
    "stdev",
    "expr:Summable -> real",
    "Estimates the standard deviation from a sample.",
    examples: [
      Example("range x from 2 to 4 step 1 | summarize stdev(x)", "1.0"),
      Example("print x = 5 | summarize stdev(x)", "0.0"),
    ]
  ) { try momentState($0, "stdev", SampleDeviation.self) }

  static let deviationIf = filtered(
    "stdevif",
    of: deviation,
    "expr:Summable predicate:bool -> real",
    "Estimates the standard deviation from the rows in which a predicate is true.",
    examples: [
      Example("range x from 1 to 4 step 1 | summarize stdevif(x, x > 1)", "1.0"),
      Example("range x from 1 to 4 step 1 | summarize stdevif(x, x > 9)", "0.0"),
    ]
  )

  static let populationDeviation = AggregateFunction(
    "stdevp",
    "expr:Summable -> real",
    "Computes the standard deviation of a whole population.",
    examples: [
      Example("datatable(x:long)[1, 3] | summarize stdevp(x)", "1.0"),
      Example("print x = 5 | summarize stdevp(x)", "0.0"),
    ]
  ) { try momentState($0, "stdevp", PopulationDeviation.self) }

  static let variance = AggregateFunction(
    "variance",
    "expr:Summable -> real",
    "Estimates the variance from a sample.",
    examples: [
      Example("range x from 1 to 5 step 1 | summarize variance(x)", "2.5"),
      Example("print x = 5 | summarize variance(x)", "0.0"),
    ]
  ) { try momentState($0, "variance", SampleVariance.self) }

  static let varianceIf = filtered(
    "varianceif",
    of: variance,
    "expr:Summable predicate:bool -> real",
    "Estimates the variance from the rows in which a predicate is true.",
    examples: [
      Example("range x from 1 to 6 step 1 | summarize varianceif(x, x < 6)", "2.5"),
      Example("range x from 1 to 6 step 1 | summarize varianceif(x, x > 9)", "0.0"),
    ]
  )

  static let populationVariance = AggregateFunction(
    "variancep",
    "expr:Summable -> real",
    "Computes the variance of a whole population.",
    examples: [
      Example("range x from 1 to 5 step 1 | summarize variancep(x)", "2.0"),
      Example("print x = 5 | summarize variancep(x)", "0.0"),
    ]
  ) { try momentState($0, "variancep", PopulationVariance.self) }

  static let populationVarianceIf = filtered(
    "variancepif",
    of: populationVariance,
    "expr:Summable predicate:bool -> real",
    "Computes the variance of the rows in which a predicate is true.",
    examples: [
      Example("range x from 1 to 6 step 1 | summarize variancepif(x, x < 6)", "2.0"),
      Example("range x from 1 to 6 step 1 | summarize variancepif(x, x > 9)", "0.0"),
    ]
  )

  static let binaryAllAnd = AggregateFunction(
    "binary_all_and",
    "expr:Summable -> Parameter0",
    naming: .firstArgument,
    "Combines the bits of all values by and.",
    examples: [
      Example("datatable(x:long)[7, 6, 3] | summarize binary_all_and(x)", "2"),
      Example("print x = 5 | summarize binary_all_and(x)", "5"),
    ]
  ) { try bitState($0, "binary_all_and", BitwiseAnd.self) }

  static let binaryAllOr = AggregateFunction(
    "binary_all_or",
    "expr:Summable -> Parameter0",
    naming: .firstArgument,
    "Combines the bits of all values by or.",
    examples: [
      Example("datatable(x:long)[1, 2, 8] | summarize binary_all_or(x)", "11"),
      Example("print x = 5 | summarize binary_all_or(x)", "5"),
    ]
  ) { try bitState($0, "binary_all_or", BitwiseOr.self) }

  static let binaryAllXor = AggregateFunction(
    "binary_all_xor",
    "expr:Summable -> Parameter0",
    naming: .firstArgument,
    "Combines the bits of all values by exclusive or.",
    examples: [
      Example("datatable(x:long)[1, 3, 8] | summarize binary_all_xor(x)", "10"),
      Example("print x = 5 | summarize binary_all_xor(x)", "5"),
    ]
  ) { try bitState($0, "binary_all_xor", BitwiseXor.self) }

  private static func momentState<Outcome: MomentResult>(
    _ request: AggregateRequest,
    _ name: String,
    _: Outcome.Type
  ) throws -> any AggregateState {
    switch request.type(0) {
    case .int: FoldState(MomentRule<Int32, Outcome>.self)
    case .long: FoldState(MomentRule<Int64, Outcome>.self)
    case .real: FoldState(MomentRule<Double, Outcome>.self)
    case .timespan: FoldState(MomentRule<TimeSpan, Outcome>.self)
    case .datetime: FoldState(MomentRule<DateTime, Outcome>.self)
    case .decimal: FoldState(MomentRule<Decimal128, Outcome>.self)
    default: throw request.unsupported(name)
    }
  }

  private static func bitState<Way: BitCombination>(
    _ request: AggregateRequest,
    _ name: String,
    _: Way.Type
  ) throws -> any AggregateState {
    switch request.type(0) {
    case .int: FoldState(BitRule<Int32, Way>.self)
    case .long: FoldState(BitRule<Int64, Way>.self)
    default: throw request.unsupported(name)
    }
  }
}
