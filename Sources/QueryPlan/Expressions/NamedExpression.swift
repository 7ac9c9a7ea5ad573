/// An expression and the column that it makes.
public struct NamedExpression: Sendable {
  public let column: PlanColumn
  public let expression: Expression

  public init(_ column: PlanColumn, _ expression: Expression) {
    self.column = column
    self.expression = expression
  }

  /// Hands a column of the input on unchanged.
  public init(passing column: PlanColumn) {
    self.init(column, .column(column.id, column.type))
  }
}

/// A key of a sort order.
public struct SortKey: Sendable {
  public let expression: Expression
  public let isDescending: Bool
  public let nullsFirst: Bool

  public init(_ expression: Expression, isDescending: Bool, nullsFirst: Bool) {
    self.expression = expression
    self.isDescending = isDescending
    self.nullsFirst = nullsFirst
  }
}
