/// Keeps the rows in which the predicate is true; null counts as false.
public struct Filter: PlanNode {
  public let input: Plan
  public let predicate: Expression
  /// The columns that are read above; nil for all of the input's.
  public let wanted: Set<ColumnID>?

  public init(
    input: Plan,
    predicate: Expression,
    wanted: Set<ColumnID>? = nil
  ) {
    self.input = input
    self.predicate = predicate
    self.wanted = wanted
  }

  public var title: String { "filter" }
  public var columns: [PlanColumn] {
    guard let wanted else { return input.columns }
    return input.columns.filter { wanted.contains($0.id) }
  }
  public var inputs: [Plan] { [input] }
}
