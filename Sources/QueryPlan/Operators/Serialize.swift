/// Fixes the order of the rows; from here on window functions are allowed.
public struct Serialize: PlanNode {
  public let input: Plan

  public init(
    input: Plan
  ) {
    self.input = input
  }

  public var title: String { "serialize" }
  public var columns: [PlanColumn] { input.columns }
  public var inputs: [Plan] { [input] }
}
