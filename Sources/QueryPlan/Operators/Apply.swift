/// `mv-apply`: runs a subquery over the elements of each input row.
///
/// The subquery reads `SubqueryInput` with this id: all input columns (repeated) and the
/// expansions.
public struct Apply: PlanNode {
  public let id: Int
  public internal(set) var input: Plan
  public internal(set) var expansions: [Expansion]
  public let indexColumn: PlanColumn?
  /// The most elements of one input row; free of columns.
  public internal(set) var limit: Expression?
  public internal(set) var subquery: Plan
  /// Input columns that are repeated, then those of the subquery, by id.
  public let columns: [PlanColumn]

  public init(
    id: Int,
    input: Plan,
    expansions: [Expansion],
    indexColumn: PlanColumn?,
    limit: Expression?,
    subquery: Plan,
    columns: [PlanColumn]
  ) {
    self.id = id
    self.input = input
    self.expansions = expansions
    self.indexColumn = indexColumn
    self.limit = limit
    self.subquery = subquery
    self.columns = columns
  }

  public var title: String { "mv-apply" }
  public var inputs: [Plan] { [input, subquery] }
}
