public import SourceText

/// An aggregate of a `summarize` and the columns that it makes.
public struct AggregateCall: Sendable {
  /// The aggregate's Kusto name, such as `dcount`.
  public let function: String
  public let arguments: [Expression]
  /// One column; several for `arg_max`, `percentiles` and the like.
  public let columns: [PlanColumn]
  public let span: SourceSpan

  public init(
    function: String,
    arguments: [Expression],
    columns: [PlanColumn],
    span: SourceSpan
  ) {
    self.function = function
    self.arguments = arguments
    self.columns = columns
    self.span = span
  }
}

/// Groups rows by keys and aggregates each group; also `distinct` and `count`.
///
/// Without keys there is one row, also over no input; with keys a null is a group of its own.
/// Scalar work over aggregates is a `Project` above.
public struct Summarize: PlanNode {
  public let input: Plan
  public let keys: [NamedExpression]
  public let aggregates: [AggregateCall]

  public init(
    input: Plan,
    keys: [NamedExpression],
    aggregates: [AggregateCall]
  ) {
    self.input = input
    self.keys = keys
    self.aggregates = aggregates
  }

  public var title: String { "summarize" }
  public var columns: [PlanColumn] { keys.map(\.column) + aggregates.flatMap(\.columns) }
  public var inputs: [Plan] { [input] }
}
