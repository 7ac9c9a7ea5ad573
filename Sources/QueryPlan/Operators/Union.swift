/// One leg of a union.
public struct UnionLeg: Sendable {
  public let plan: Plan
  /// For each output column the leg's column, or nil where the leg has none.
  public let sources: [ColumnID?]
  /// What `withsource` calls the leg.
  public let name: String

  public init(plan: Plan, sources: [ColumnID?], name: String) {
    self.plan = plan
    self.sources = sources
    self.name = name
  }
}

/// The rows of several inputs, columns matched by the binder.
public struct Union: PlanNode {
  public let legs: [UnionLeg]
  /// With ids of their own; the source column is not among them.
  public let outputs: [PlanColumn]
  /// Holds the name of the leg; comes first.
  public let sourceColumn: PlanColumn?

  public init(
    legs: [UnionLeg],
    outputs: [PlanColumn],
    sourceColumn: PlanColumn?
  ) {
    self.legs = legs
    self.outputs = outputs
    self.sourceColumn = sourceColumn
  }

  public var title: String { "union" }
  public var columns: [PlanColumn] { (sourceColumn.map { [$0] } ?? []) + outputs }
  public var inputs: [Plan] { legs.map(\.plan) }
}
