/// Stands for the rows that an enclosing operator hands to its subquery.
public struct SubqueryInput: PlanNode {
  /// Names the enclosing operator.
  public let id: Int
  public let columns: [PlanColumn]

  public init(
    id: Int,
    columns: [PlanColumn]
  ) {
    self.id = id
    self.columns = columns
  }

  public var title: String { "subquery input" }
}
