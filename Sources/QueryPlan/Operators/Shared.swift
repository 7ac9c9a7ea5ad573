/// A plan that a query refers to by name, once or often.
public final class SharedPlan: Sendable {
  /// Unique in the query.
  public let id: Int
  /// The `let` or `as` name, for `explain`.
  public let name: String
  public let plan: Plan
  /// `materialize()` or `as`: to be computed once and kept.
  public let isMaterialized: Bool

  public init(id: Int, name: String, plan: Plan, isMaterialized: Bool) {
    self.id = id
    self.name = name
    self.plan = plan
    self.isMaterialized = isMaterialized
  }
}

/// One use of a shared plan, with column ids of its own.
public struct SharedReference: PlanNode {
  public let shared: SharedPlan
  /// In the order of the shared plan's columns.
  public let columns: [PlanColumn]

  public init(
    shared: SharedPlan,
    columns: [PlanColumn]
  ) {
    self.shared = shared
    self.columns = columns
  }

  public var title: String { "shared \(shared.name)" }
  public var inputs: [Plan] { [shared.plan] }
}
