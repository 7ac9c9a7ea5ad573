import Columnar

extension AggregateFunction {
  /// Sums and averages.
  static let sumFamily: [AggregateFunction] = [sum, sumIf, average, averageIf]

  static let sum = AggregateFunction(
    "sum",
    "expr:Summable -> Parameter0Promoted",
    "Adds up values; whole numbers wrap, and no rows give 0.",
    examples: [
      Example("range x from 1 to 4 step 1 | summarize sum(x)", "10"),
      Example("datatable(x:long)[] | summarize sum(x)", "0"),
    ]
  ) { request in
    switch request.type(0) {
    case .int: FoldState(SumRule<Int32>.self)
    case .long: FoldState(SumRule<Int64>.self)
    case .real: FoldState(SumRule<Double>.self)
    case .timespan: FoldState(SumRule<TimeSpan>.self)
    case .decimal: FoldState(DecimalTotal.self)
    default: throw request.unsupported("sum")
    }
  }

  static let sumIf = filtered(
    "sumif",
    of: sum,
    "expr:Summable predicate:bool -> Parameter0Promoted",
    "Adds up the values of rows in which a predicate is true.",
    examples: [
      Example("range x from 1 to 4 step 1 | summarize sumif(x, x > 2)", "7"),
      Example("range x from 1 to 4 step 1 | summarize sumif(x, x > 9)", "0"),
    ]
  )

  static let average = AggregateFunction(
    "avg",
    """
    expr:Integer -> real
    | expr:real -> real
    | expr:decimal -> decimal
    | expr:timespan -> timespan
    | expr:datetime -> datetime
    """,
    "Averages values without nulls; no rows give NaN.",
    examples: [
      Example("range x from 1 to 4 step 1 | summarize avg(x)", "2.5"),
      Example("print x = 2h | summarize avg(x)", "02:00:00"),
    ]
  ) { request in
    switch request.type(0) {
    case .int: FoldState(WholeAverageRule<Int32>.self)
    case .long: FoldState(WholeAverageRule<Int64>.self)
    case .real: FoldState(RealAverageRule.self)
    case .timespan: FoldState(TickAverageRule<TimeSpan>.self)
    case .datetime: FoldState(TickAverageRule<DateTime>.self)
    case .decimal: FoldState(DecimalAverage.self)
    default: throw request.unsupported("avg")
    }
  }

  static let averageIf = filtered(
    "avgif",
    of: average,
    """
    expr:Integer predicate:bool -> real
    | expr:real predicate:bool -> real
    | expr:decimal predicate:bool -> decimal
    | expr:timespan predicate:bool -> timespan
    | expr:datetime predicate:bool -> datetime
    """,
    "Averages the values of rows in which a predicate is true.",
    examples: [
      Example("range x from 1 to 4 step 1 | summarize avgif(x, x > 2)", "3.5"),
      Example("range x from 1 to 4 step 1 | summarize avgif(x, x < 2)", "1.0"),
    ]
  )
}
