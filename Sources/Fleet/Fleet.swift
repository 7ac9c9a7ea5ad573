public import Columnar
public import Execution
public import Hunting
import SourceText
public import TableStore
public import Tenancy

/// The tenants of a scope, as they are in a snapshot of a store.
public struct FleetStore: Sendable {
  public let snapshot: StoreSnapshot
  public let scope: TenantScope
  private let cache: SegmentCache
  private let supplements: [any TableSupplement]

  /// - Parameter supplements: where further rows of the tenants' tables are.
  public init(
    snapshot: StoreSnapshot,
    scope: TenantScope,
    cache: SegmentCache = SegmentCache(),
    supplements: [any TableSupplement] = []
  ) {
    self.snapshot = snapshot
    self.scope = scope
    self.cache = cache
    self.supplements = supplements
  }

  /// The tenants whose rows of a table are all before an instant, with the time of the last.
  public func tenants(withRowsOf table: String, endingBefore start: DateTime)
    -> [(tenant: TenantRecord, end: DateTime)]
  {
    scope.tenants.compactMap { tenant in
      let entry = snapshot.tenant(tenant.name)?.tables.first { $0.name == table }
      let end = entry?.segments.compactMap(\.times?.upperBound).max()
      guard let end, end < start.ticks else { return nil }
      return (tenant, DateTime(ticks: end))
    }
  }

  /// How many rows tables of a tenant have.
  func rowCount(of tables: Set<String>, _ tenant: TenantRecord) -> Int {
    let entries = snapshot.tenant(tenant.name)?.tables ?? []
    return entries.filter { tables.contains($0.name) }.flatMap(\.segments)
      .reduce(0) { $0 + $1.rowCount }
  }

  /// Lets an engine read the tables of one tenant.
  func attach(_ tenant: TenantRecord, to engine: inout HuntingEngine) {
    engine.attach(
      snapshot,
      scope: scope.narrowed(to: tenant),
      cache: cache,
      supplements: supplements
    )
  }
}

/// Answers shipped queries over the tenants of a store.
///
/// Those of tenants see one tenant each, so that no row of one, whatever its columns say, counts
/// for another, and so that what fails in one, or meets a limit, leaves the others whole. How they
/// share limits stands at `TenantBudgets`.
public struct Fleet: Sendable {
  private let engine: HuntingEngine
  private let store: FleetStore
  private let parameters: [String: Scalar]
  private let budget: QueryBudget

  /// - Parameters:
  ///   - engine: an engine without tables of a store. Where its `now` is set, all queries share it.
  ///   - parameters: values of parameters; each query takes those that it declares.
  public init(
    _ engine: HuntingEngine,
    over store: FleetStore,
    parameters: [String: Scalar] = [:],
    budget: QueryBudget
  ) {
    self.engine = engine.forShippedQueries
    self.store = store
    self.parameters = parameters
    self.budget = budget
  }

  /// Answers queries of the fleet; a table that several of them read is made once.
  public func answer(_ queries: [FleetQuery]) throws -> FleetAnswer {
    var engine = engine
    var answer = FleetAnswer()
    var held: [TenantRows] = []
    for table in FleetTable.read(by: queries) {
      let rows = try rows(of: table)
      engine.add(try rows.table(table), named: table.rawValue)
      answer.add(rows)
      held.append(rows)
    }
    return try withExtendedLifetime(held) {
      for query in queries {
        answer.results.append(try run(query, by: engine, budget))
      }
      return answer
    }
  }

  /// What a query comes to in each tenant.
  private func rows(of table: FleetTable) throws -> TenantRows {
    let query = table.query
    let schema = try run(query, by: engine, budget).schema
    let tenants = store.scope.tenants
    let engines = tenants.map { tenant in
      var engine = engine
      store.attach(tenant, to: &engine)
      return engine
    }
    let read = engine.tables(readBy: SourceText(query.text))
    let runs = TenantRuns(
      rows: tenants.map { store.rowCount(of: read, $0) },
      threads: engine.options.threads,
      budget: budget
    ) { place, threads, budget in
      var engine = engines[place]
      engine.options.threads = threads
      return try run(query, by: engine, budget)
    }
    let outcomes = try runs.outcomes()
    let parts = try outcomes.enumerated().map { place, outcome in
      TenantRows.Part(
        tenant: tenants[place],
        missing: Self.missing(query, engines[place]),
        outcome: try Self.known(outcome.result)
      )
    }
    if let limit = Self.limit(metBy: parts) { throw limit }
    return TenantRows(schema, parts, holding: outcomes)
  }

  /// The tables that a query reads of which the tenant of an engine has none.
  private static func missing(_ query: FleetQuery, _ engine: HuntingEngine) -> [String] {
    engine.tables(readBy: SourceText(query.text))
      .subtracting(engine.presentTables).subtracting(query.optionalTables).sorted()
  }

  /// The rows of one tenant, or why it has none. The caller ends the whole.
  private static func known(
    _ result: Result<QueryResult, any Error>
  ) throws -> Result<QueryResult, QueryFailure> {
    do {
      return .success(try result.get())
    } catch let failure as QueryFailure where failure.kind != .cancelled {
      return .failure(failure)
    } catch let rejection as QueryRejection {
      let why = rejection.diagnostics.first?.message ?? "its tables do not fit"
      return .failure(QueryFailure(.input, why))
    }
  }

  /// The limit that every tenant met; nil where one has rows, or fails otherwise.
  private static func limit(metBy parts: [TenantRows.Part]) -> QueryFailure? {
    let limits = parts.compactMap { part -> QueryFailure? in
      guard case .failure(let failure) = part.outcome else { return nil }
      return failure.isBudgetLimit ? failure : nil
    }
    return limits.count == parts.count ? limits.first : nil
  }

  private func run(
    _ query: FleetQuery,
    by engine: HuntingEngine,
    _ budget: QueryBudget
  ) throws -> QueryResult {
    let own = parameters.filter { query.parameters.contains($0.key) }
    let answer = try engine.run(SourceText(query.text), parameters: own, budget: budget)
    return answer.tables.last?.result ?? QueryResult(schema: Schema([]), batches: [])
  }
}
