/// A plan that a query refers to by name, once or often.
public final class SharedPlan: Sendable {
  /// How often the plan is run.
  public enum Keeping: Sendable {
    /// At each reference, as part of the plan there.
    case never
    /// Once, since that costs less; again at each reference where memory does not suffice.
    case chosen
    /// Once, as `materialize()` and `as` ask for.
    case asked
  }

  /// Unique in the query.
  public let id: Int
  /// The `let` or `as` name, for `explain`.
  public let name: String
  public let plan: Plan
  public let keeping: Keeping

  /// - Parameter isMaterialized: `materialize()` or `as`: to be computed once and kept.
  public convenience init(id: Int, name: String, plan: Plan, isMaterialized: Bool) {
    self.init(id: id, name: name, plan: plan, keeping: isMaterialized ? .asked : .never)
  }

  init(id: Int, name: String, plan: Plan, keeping: Keeping) {
    self.id = id
    self.name = name
    self.plan = plan
    self.keeping = keeping
  }

  /// Whether the plan is run once and its rows are kept.
  public var isMaterialized: Bool { keeping != .never }

  /// The same name for another plan.
  func replacing(_ plan: Plan, keeping: Keeping? = nil) -> SharedPlan {
    SharedPlan(id: id, name: name, plan: plan, keeping: keeping ?? self.keeping)
  }
}

/// One use of a shared plan, with column ids of its own.
public struct SharedReference: PlanNode {
  public internal(set) var shared: SharedPlan
  public internal(set) var columns: [PlanColumn]
  /// Which column of the shared plan each column is, by position.
  public internal(set) var sources: [Int]

  /// - Parameter columns: in the order of the shared plan's columns.
  public init(shared: SharedPlan, columns: [PlanColumn]) {
    self.shared = shared
    self.columns = columns
    sources = Array(columns.indices)
  }

  public var title: String { "shared \(shared.name)" }
  public var inputs: [Plan] { [shared.plan] }
}
