/// The nine flavours of `join`; `lookup` uses `leftOuter` and `inner`.
public enum JoinKind: String, Sendable, CaseIterable {
  case innerUnique = "innerunique"
  case inner
  case leftOuter = "leftouter"
  case rightOuter = "rightouter"
  case fullOuter = "fullouter"
  case leftSemi = "leftsemi"
  case rightSemi = "rightsemi"
  case leftAnti = "leftanti"
  case rightAnti = "rightanti"
}

/// A pair of expressions that must be equal; null equals null.
public struct JoinKey: Sendable {
  /// Over the columns of the left input.
  public let left: Expression
  /// Over the columns of the right input; of the same type as `left`.
  public let right: Expression

  public init(left: Expression, right: Expression) {
    self.left = left
    self.right = right
  }
}

/// Pairs rows of two inputs by equal keys.
///
/// Unmatched sides are filled with null, or `""` for string.
public struct Join: PlanNode {
  public let left: Plan
  public let right: Plan
  public let kind: JoinKind
  /// Empty: every row pairs with every row.
  public let keys: [JoinKey]
  /// Columns of the inputs by id, under their output names.
  public let columns: [PlanColumn]

  public init(
    left: Plan,
    right: Plan,
    kind: JoinKind,
    keys: [JoinKey],
    columns: [PlanColumn]
  ) {
    self.left = left
    self.right = right
    self.kind = kind
    self.keys = keys
    self.columns = columns
  }

  public var title: String { "join kind=\(kind.rawValue)" }
  public var inputs: [Plan] { [left, right] }
}
