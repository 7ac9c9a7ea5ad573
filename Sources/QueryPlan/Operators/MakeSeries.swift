/// An aggregate of `make-series` and what it is where a bin has no row.
public struct SeriesAggregate: Sendable {
  public let call: AggregateCall
  /// Free of columns; nil for the default of the aggregate's type.
  public let missing: Expression?

  public init(call: AggregateCall, missing: Expression?) {
    self.call = call
    self.missing = missing
  }
}

/// `make-series`: arrays of an aggregate over equal steps of an axis, by keys.
public struct MakeSeries: PlanNode {
  public let input: Plan
  /// Their columns are dynamic arrays.
  public let aggregates: [SeriesAggregate]
  /// The axis over the input; its column is a dynamic array.
  public let axis: NamedExpression
  public let from: Expression?
  /// Exclusive.
  public let to: Expression?
  public let step: Expression
  /// The `in range(a, b, s)` form: end inclusive, bins by `bin`.
  public let isInRange: Bool
  public let keys: [NamedExpression]
  /// `kind=nonempty`: a series of defaults also over no input.
  public let isNonEmpty: Bool
  /// Keys, aggregates, axis.
  public let columns: [PlanColumn]

  public init(
    input: Plan,
    aggregates: [SeriesAggregate],
    axis: NamedExpression,
    from: Expression?,
    to: Expression?,
    step: Expression,
    isInRange: Bool,
    keys: [NamedExpression],
    isNonEmpty: Bool,
    columns: [PlanColumn]
  ) {
    self.input = input
    self.aggregates = aggregates
    self.axis = axis
    self.from = from
    self.to = to
    self.step = step
    self.isInRange = isInRange
    self.keys = keys
    self.isNonEmpty = isNonEmpty
    self.columns = columns
  }

  public var title: String { "make-series" }
  public var inputs: [Plan] { [input] }
}
