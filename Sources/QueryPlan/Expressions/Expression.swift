public import Columnar
public import SourceText

/// A bound scalar expression: every name resolved, every type known.
public indirect enum Expression: Sendable {
  case literal(Scalar)
  /// A column of the operator's input.
  case column(ColumnID, ScalarType)
  /// A function or operator applied to values.
  case call(Call)
  /// `toscalar(…)`: run once, before the plan that holds it.
  case scalarSubquery(ScalarSubquery)
  /// `x in (T)`, `x has_any (T)` and their kin against the first column of a table, run once.
  case membership(Membership)

  /// The type of the value.
  public var type: ScalarType {
    switch self {
    case .literal(let value): value.type
    case .column(_, let type): type
    case .call(let call): call.type
    case .scalarSubquery(let query): query.type
    case .membership: .bool
    }
  }
}

/// A function, or an operator under its Kusto name (`Add`, `Equal`, `Has`, `NotIn`, …).
///
/// `And` and `Or` are n-ary. Path access is `Member(dynamic, name)` and `Element(dynamic, key)`.
/// Conversions that the binder inserts are calls of `tolong`, `toreal` and so on.
public struct Call: Sendable {
  public let function: String
  public let arguments: [Expression]
  public let type: ScalarType
  /// Where it stands in the query, for run-time failures.
  public let span: SourceSpan

  public init(
    _ function: String,
    _ arguments: [Expression],
    type: ScalarType,
    span: SourceSpan
  ) {
    self.function = function
    self.arguments = arguments
    self.type = type
    self.span = span
  }
}

/// The first column of the first row of a plan; null, or `""` for string, where it has no row.
public struct ScalarSubquery: Sendable {
  /// Equal ids are computed once in a query.
  public let id: Int
  public let plan: Plan
  public let type: ScalarType

  public init(id: Int, plan: Plan, type: ScalarType) {
    self.id = id
    self.plan = plan
    self.type = type
  }
}

/// A test of a value against the first column of a table.
public struct Membership: Sendable {
  /// `In`, `NotIn`, `InCs`, `NotInCs`, `HasAny` or `HasAll`, as the operator is called in Kusto.
  public let function: String
  public let operand: Expression
  public let plan: Plan
  /// Equal ids are computed once in a query.
  public let id: Int
  public let span: SourceSpan

  public init(function: String, operand: Expression, plan: Plan, id: Int, span: SourceSpan) {
    self.function = function
    self.operand = operand
    self.plan = plan
    self.id = id
    self.span = span
  }
}
