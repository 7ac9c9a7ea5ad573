/// An array that `make-series` builds and what stands in it where a bin has no row.
public struct SeriesValue: Sendable {
  /// Over the columns of the aggregates, once a bin; its column is a dynamic array.
  public let value: NamedExpression
  /// Free of columns; nil for zero, or null where the value is not a number.
  public let missing: Expression?

  public init(_ value: NamedExpression, missing: Expression?) {
    self.value = value
    self.missing = missing
  }
}

/// `make-series`: arrays of an aggregate over equal steps of an axis, by keys.
public struct MakeSeries: PlanNode {
  public internal(set) var input: Plan
  /// Computed for each bin of each key; their columns have the types of single values.
  public internal(set) var aggregates: [AggregateCall]
  /// The arrays, in output order.
  public internal(set) var values: [SeriesValue]
  /// The axis over the input; its column is a dynamic array.
  public internal(set) var axis: NamedExpression
  public internal(set) var from: Expression?
  /// Exclusive.
  public internal(set) var to: Expression?
  public internal(set) var step: Expression
  /// The `in range(a, b, s)` form: end inclusive, bins by `bin`.
  public let isInRange: Bool
  public internal(set) var keys: [NamedExpression]
  /// `kind=nonempty`: a series of defaults also over no input.
  public let isNonEmpty: Bool
  /// Keys, values, axis.
  public let columns: [PlanColumn]

  public init(
    input: Plan,
    aggregates: [AggregateCall],
    values: [SeriesValue],
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
    self.values = values
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
