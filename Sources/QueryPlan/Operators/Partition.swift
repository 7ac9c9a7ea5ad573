/// `partition by k (…)`: runs a subquery over the rows of each key.
public struct Partition: PlanNode {
  public let id: Int
  public internal(set) var input: Plan
  public internal(set) var key: Expression
  /// Reads `SubqueryInput` with this id.
  public internal(set) var subquery: Plan
  public let columns: [PlanColumn]

  public init(
    id: Int,
    input: Plan,
    key: Expression,
    subquery: Plan,
    columns: [PlanColumn]
  ) {
    self.id = id
    self.input = input
    self.key = key
    self.subquery = subquery
    self.columns = columns
  }

  public var title: String { "partition" }
  public var inputs: [Plan] { [input, subquery] }
}
