public import Columnar
import Execution
import FileAccess
public import Hunting
import SourceText
public import Tenancy

/// Where the environment learns from what there is of a tenant.
public protocol TenantRowSource: Sendable {
  /// The rows that a text comes to over the tables of a tenant; none where it has no such tables.
  func rows(
    _ text: String,
    of tenant: String,
    parameters: [String: Scalar]
  ) throws -> [[String: Scalar]]
}

/// Asks the tables of a store.
public struct StoredRowSource: TenantRowSource {
  private let engines: StoredEngines
  private let memory: Int
  private let scope: @Sendable (String, [String]) throws -> TenantScope

  /// - Parameters:
  ///   - path: the folder of the store.
  ///   - engine: an engine without tables of the store.
  ///   - scope: the scope of one tenant, beside those that have tables, for whoever acts.
  public init(
    store path: String,
    engine: HuntingEngine,
    memory: Int = 1 << 30,
    scope: @escaping @Sendable (String, [String]) throws -> TenantScope
  ) {
    engines = StoredEngines(
      store: path,
      engine: engine.forShippedQueries,
      cache: SegmentCache(limitBytes: memory / 4)
    )
    self.memory = memory
    self.scope = scope
  }

  public func rows(
    _ text: String,
    of tenant: String,
    parameters: [String: Scalar]
  ) throws -> [[String: Scalar]] {
    let view = try engines.view()
    guard view.tenants.contains(tenant) else { return [] }
    let engine = view.engine(over: try scope(tenant, view.tenants))
    let budget = engine.makeBudget(memoryLimit: memory, timeoutSeconds: Self.seconds)
    let answer = try engine.run(SourceText(text), parameters: parameters, budget: budget)
    guard let result = answer.tables.last?.result else { return [] }
    let names = result.schema.columns.map(\.name)
    var rows: [[String: Scalar]] = []
    try result.forEachRow { row in
      rows.append(Dictionary(zip(names, row)) { first, _ in first })
    }
    return rows
  }

  private static let seconds = 300.0
}
