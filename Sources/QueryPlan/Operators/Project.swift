/// Computes columns: every form of `project`, `extend` and `print`.
///
/// Each expression sees the input only, never a sibling.
public struct Project: PlanNode {
  public let input: Plan
  /// Pass-through columns included, in output order.
  public let expressions: [NamedExpression]

  public init(
    input: Plan,
    expressions: [NamedExpression]
  ) {
    self.input = input
    self.expressions = expressions
  }

  public var title: String { "project" }
  public var columns: [PlanColumn] { expressions.map(\.column) }
  public var inputs: [Plan] { [input] }
}
