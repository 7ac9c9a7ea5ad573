/// Keeps the rows in which the predicate is true; null counts as false.
public struct Filter: PlanNode {
  public let input: Plan
  public let predicate: Expression

  public init(
    input: Plan,
    predicate: Expression
  ) {
    self.input = input
    self.predicate = predicate
  }

  public var title: String { "filter" }
  public var columns: [PlanColumn] { input.columns }
  public var inputs: [Plan] { [input] }
}
