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

extension Plan {
  /// Whether the plan reads the rows that an operator hands to its subquery.
  public func readsInput(_ id: Int) -> Bool {
    switch self {
    case .subqueryInput(let input): input.id == id
    case .shared(let reference): reference.shared.plan.readsInput(id)
    default: inputs.contains { $0.readsInput(id) }
    }
  }
}
