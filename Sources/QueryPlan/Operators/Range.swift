/// `range x from a to b step s`: one row a step, the end included where it is hit.
public struct RangeSource: PlanNode {
  public let column: PlanColumn
  /// Free of columns, as are `to` and `step`.
  public let from: Expression
  public let to: Expression
  public let step: Expression

  public init(
    column: PlanColumn,
    from: Expression,
    to: Expression,
    step: Expression
  ) {
    self.column = column
    self.from = from
    self.to = to
    self.step = step
  }

  public var title: String { "range" }
  public var columns: [PlanColumn] { [column] }
}
