/// A projection whose expressions look at other rows of a serialized input (`prev`, `row_number`,
/// …).
public struct Window: PlanNode {
  public let input: Plan
  /// As those of `Project`; window functions are calls by name.
  public let expressions: [NamedExpression]

  public init(
    input: Plan,
    expressions: [NamedExpression]
  ) {
    self.input = input
    self.expressions = expressions
  }

  public var title: String { "window" }
  public var columns: [PlanColumn] { expressions.map(\.column) }
  public var inputs: [Plan] { [input] }
}
