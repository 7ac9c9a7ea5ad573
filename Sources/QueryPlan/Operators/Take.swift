/// Any rows up to a number; the first of the input where it has an order.
public struct Take: PlanNode {
  public let input: Plan
  /// Free of columns.
  public let count: Expression

  public init(
    input: Plan,
    count: Expression
  ) {
    self.input = input
    self.count = count
  }

  public var title: String { "take" }
  public var columns: [PlanColumn] { input.columns }
  public var inputs: [Plan] { [input] }
}
