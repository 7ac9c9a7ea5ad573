/// Random rows up to a number (`sample`), or random distinct values (`sample-distinct`).
public struct Sample: PlanNode {
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

  public var title: String { "sample" }
  public var columns: [PlanColumn] { input.columns }
  public var inputs: [Plan] { [input] }
}
