/// The first rows of an order, without ordering the rest.
public struct Top: PlanNode {
  public let input: Plan
  /// Free of columns; zero or less gives no row.
  public let count: Expression
  public let keys: [SortKey]

  public init(
    input: Plan,
    count: Expression,
    keys: [SortKey]
  ) {
    self.input = input
    self.count = count
    self.keys = keys
  }

  public var title: String { "top" }
  public var columns: [PlanColumn] { input.columns }
  public var inputs: [Plan] { [input] }
}
