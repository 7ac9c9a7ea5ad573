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
/// for another, and so that what fails in one leaves the others whole.
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
    for table in FleetTable.read(by: queries) {
      let rows = try rows(of: table)
      engine.add(try rows.table(table), named: table.rawValue)
      answer.add(rows)
    }
    for query in queries {
      answer.results.append(try run(query, by: engine))
    }
    return answer
  }

  /// What a query comes to in each tenant.
  private func rows(of table: FleetTable) throws -> TenantRows {
    let query = table.query
    let schema = try run(query, by: engine).schema
    let tenants = store.scope.tenants
    let atOnce = min(max(1, tenants.count), max(1, engine.options.threads))
    let outcomes = try ParallelWork.results(tenants.count, threads: atOnce) { index in
      var engine = engine
      engine.options.threads = max(1, engine.options.threads / atOnce)
      store.attach(tenants[index], to: &engine)
      let missing = engine.tables(readBy: SourceText(query.text))
        .subtracting(engine.presentTables).subtracting(query.optionalTables)
      return TenantRows.Part(
        tenant: tenants[index],
        missing: missing.sorted(),
        outcome: try outcome(of: query, by: engine)
      )
    }
    return TenantRows(schema, try outcomes.map { try $0.get() })
  }

  /// The rows of one tenant, or why it has none. Limits and the caller end the whole.
  private func outcome(
    of query: FleetQuery,
    by engine: HuntingEngine
  ) throws -> Result<QueryResult, QueryFailure> {
    do {
      return .success(try run(query, by: engine))
    } catch let failure as QueryFailure where failure.concernsOneTenant {
      return .failure(failure)
    } catch let rejection as QueryRejection {
      let why = rejection.diagnostics.first?.message ?? "its tables do not fit"
      return .failure(QueryFailure(.input, why))
    }
  }

  private func run(_ query: FleetQuery, by engine: HuntingEngine) throws -> QueryResult {
    let own = parameters.filter { query.parameters.contains($0.key) }
    let answer = try engine.run(SourceText(query.text), parameters: own, budget: budget)
    return answer.tables.last?.result ?? QueryResult(schema: Schema([]), batches: [])
  }
}
