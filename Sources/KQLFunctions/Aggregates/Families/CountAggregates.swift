import Columnar

extension AggregateFunction {
  /// Counting rows.
  static let countFamily: [AggregateFunction] = [count, countIf]

  static let count = AggregateFunction(
    "count",
    aliases: [.obsolete("cnt", naming: .prefixed("cnt"), signature: "-> long")],
    "-> long | expr:Scalar -> long",
    "Counts the rows of a group, rows with nulls included.",
    examples: [
      Example("range x from 1 to 5 step 1 | summarize count()", "5"),
      Example("datatable(x:long)[] | summarize count()", "0"),
    ]
  ) { _ in CountState() }

  static let countIf = AggregateFunction(
    "countif",
    "predicate:bool -> long",
    "Counts the rows in which a predicate is true.",
    examples: [
      Example("range x from 1 to 5 step 1 | summarize countif(x > 3)", "2"),
      Example("range x from 1 to 5 step 1 | summarize countif(x > 9)", "0"),
    ]
  ) { request in
    guard request.type(0) == .bool else { throw request.unsupported("countif") }
    return ConditionalCountState()
  }
}
