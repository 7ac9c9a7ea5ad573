/// Orders all rows; ties keep the order of the input.
public struct Sort: PlanNode {
  public let input: Plan
  public let keys: [SortKey]

  public init(
    input: Plan,
    keys: [SortKey]
  ) {
    self.input = input
    self.keys = keys
  }

  public var title: String { "sort" }
  public var columns: [PlanColumn] { input.columns }
  public var inputs: [Plan] { [input] }
}
