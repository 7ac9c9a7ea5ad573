import Columnar

extension AggregateFunction {
  /// Counting different values.
  static let distinctFamily: [AggregateFunction] = [
    distinctCount, distinctCountIf, countDistinct, countDistinctIf,
  ]

  static let distinctCount = AggregateFunction(
    "dcount",
    "expr:Scalar accuracy:NotDynamic? -> long",
    "Counts different values without nulls, exactly up to some thousands and then estimated.",
    examples: [
      Example("datatable(x:string)['a', 'b', 'a'] | summarize dcount(x)", "2"),
      Example("range x from 1 to 2000 step 1 | summarize dcount(x % 1500, 2)", "1500"),
    ]
  ) { request in
    let level = request.argumentTypes.count > 1 ? request.constantLong(1) : 1
    guard let level, let accuracy = DistinctAccuracy(level: level) else {
      throw QueryFailure(
        .evaluation,
        "the accuracy of dcount() is a constant from 0 to 4",
        range: request.range
      )
    }
    return DistinctState(type: request.type(0), accuracy: accuracy)
  }

  static let distinctCountIf = filtered(
    "dcountif",
    of: distinctCount,
    "expr:Scalar predicate:bool accuracy:NotDynamic? -> long",
    "Counts the different values of rows in which a predicate is true.",
    examples: [
      Example("range x from 1 to 9 step 1 | summarize dcountif(x % 3, x > 2)", "3"),
      Example("range x from 1 to 9 step 1 | summarize dcountif(x, x > 9)", "0"),
    ]
  )

  static let countDistinct = AggregateFunction(
    "count_distinct",
    "expr:NotDynamic -> long",
    "Counts different values without nulls, always exactly.",
    examples: [
      Example("datatable(x:string)['a', 'b', 'a'] | summarize count_distinct(x)", "2"),
      Example("range x from 1 to 9 step 1 | summarize count_distinct(x % 4)", "4"),
    ]
  ) { ExactDistinctState(type: $0.type(0)) }

  static let countDistinctIf = filtered(
    "count_distinctif",
    of: countDistinct,
    "expr:NotDynamic predicate:bool -> long",
    "Counts the different values of rows in which a predicate is true, always exactly.",
    examples: [
      Example("range x from 1 to 9 step 1 | summarize count_distinctif(x % 4, x > 7)", "2"),
      Example("range x from 1 to 9 step 1 | summarize count_distinctif(x, x > 9)", "0"),
    ]
  )
}
