/// One array or bag that `mv-expand` or `mv-apply` takes apart.
public struct Expansion: Sendable {
  /// The dynamic value, over the input's columns.
  public let source: Expression
  /// The column of elements; `type` is that of `to typeof(…)`, else dynamic.
  public let column: PlanColumn

  public init(source: Expression, column: PlanColumn) {
    self.source = source
    self.column = column
  }
}

/// How a bag is taken apart.
public enum BagExpansion: String, Sendable {
  /// One single-key bag a member.
  case bag
  /// One `[key, value]` array a member.
  case array
}

/// `mv-expand`: a row for each element; several expansions advance together, padded with null.
public struct Expand: PlanNode {
  public internal(set) var input: Plan
  public internal(set) var expansions: [Expansion]
  public let bagExpansion: BagExpansion
  /// `with_itemindex`, a long that starts at 0.
  public let indexColumn: PlanColumn?
  /// The most rows made of one input row; free of columns.
  public internal(set) var limit: Expression?
  /// Input columns, expansions and index in output order.
  public internal(set) var columns: [PlanColumn]

  public init(
    input: Plan,
    expansions: [Expansion],
    bagExpansion: BagExpansion,
    indexColumn: PlanColumn?,
    limit: Expression?,
    columns: [PlanColumn]
  ) {
    self.input = input
    self.expansions = expansions
    self.bagExpansion = bagExpansion
    self.indexColumn = indexColumn
    self.limit = limit
    self.columns = columns
  }

  public var title: String { "mv-expand" }
  public var inputs: [Plan] { [input] }
}
