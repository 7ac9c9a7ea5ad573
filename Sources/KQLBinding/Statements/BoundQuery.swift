public import QueryPlan
public import SourceText

/// What a query text was bound to.
public struct BoundQuery: Sendable {
  /// The last result; nil where the text has no tabular statement or has an error.
  public let plan: Plan?
  /// Every tabular statement's result, in text order.
  public let results: [BoundResult]
  /// What is wrong in the names and types; the syntax has its own.
  public let diagnostics: [Diagnostic]
  /// How the last result is to be drawn, where the query says so.
  public var render: Render? { results.last?.render }
  /// Whether the last result may have more columns than its plan lists.
  public var isOpen: Bool { results.last?.isOpen ?? false }
}

/// The result of one tabular statement.
public struct BoundResult: Sendable {
  public let plan: Plan
  /// The columns, also where the query has an error.
  public let columns: [PlanColumn]
  /// Columns whose type is not known, such as those of an open table.
  public let unknownColumns: Set<ColumnID>
  public let render: Render?
  public let isOpen: Bool
}
