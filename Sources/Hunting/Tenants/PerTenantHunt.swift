public import Columnar
public import Execution
public import SourceText
import TableStore
import Tenancy

/// Answers a text in each tenant by itself and puts the answers one behind the other, as Defender's
/// view of several tenants does.
extension HuntingEngine {
  /// The most rows of an answer over several tenants.
  public static let perTenantRowLimit = 50_000

  /// Answers a text in each tenant of the view.
  ///
  /// Each gives at most its share of `rowLimit`; what is cut off is in ``HuntingAnswer/cutRows``.
  /// Tenants in which the text fails, or meets a limit, are in ``HuntingAnswer/failures``; where it
  /// does in all, so does this. How the limits are shared stands at ``TenantBudgets``.
  public func runPerTenant(
    _ source: SourceText,
    parameters: [String: Scalar] = [:],
    budget: QueryBudget,
    rowLimit: Int = perTenantRowLimit
  ) throws -> HuntingAnswer {
    let tenants = view?.scope.tenants ?? []
    let share = max(1, rowLimit / max(1, tenants.count))
    if tenants.count <= 1 {
      let answer = try run(source, parameters: parameters, budget: budget)
      let cut = answer.cut(to: share)
      return try TenantAnswers([(tenants.first, cut)], tellsTenant: false).joined()
    }
    let budgets = TenantBudgets(
      budget,
      loadedBytes: loadedBytes,
      tenants: tenants.count,
      threads: options.threads
    )
    let runs = TenantRuns(
      rows: rows(readBy: source, in: tenants),
      threads: options.threads,
      budgets: budgets
    ) { place, threads, budget in
      var engine = narrowed(to: tenants[place])
      engine.options.threads = threads
      let answer = try engine.run(source, parameters: parameters, budget: budget)
      return try budgets.hold(answer, rows: share, in: budget)
    }
    let outcomes = try runs.outcomes()
    return try withExtendedLifetime(outcomes) {
      try Self.joined(tenants, outcomes.map(\.result))
    }
  }

  /// About how many rows a text reads in each tenant: those of its tables there.
  private func rows(readBy source: SourceText, in tenants: [TenantRecord]) -> [Int] {
    let read = tables(readBy: source)
    return tenants.map { tenant in
      let tables = view?.snapshot.tenant(tenant.name)?.tables ?? []
      return tables.filter { read.contains($0.name) }.flatMap(\.segments)
        .reduce(0) { $0 + $1.rowCount }
    }
  }

  /// The engine with one tenant in view.
  fileprivate func narrowed(to tenant: TenantRecord) -> HuntingEngine {
    guard let view else { return self }
    var engine = self
    let scope = view.scope.narrowed(to: tenant)
    engine.view?.scope = scope
    engine.tenantColumns = TenantColumns(scope)
    let tables = TenantTables(view, schemas, columns: TenantColumns(scope))
    engine.setStoredTables(tables.seen(by: tenant), failures: [:])
    engine.lackedTables = tables.lacked(by: tenant)
    return engine
  }

  /// The answers one behind the other, and who has none. What the caller ends has no answer.
  private static func joined(
    _ tenants: [TenantRecord],
    _ results: [Result<HuntingAnswer, any Error>]
  ) throws -> HuntingAnswer {
    var answers: [(TenantRecord?, HuntingAnswer)] = []
    var failures: [TenantFailure] = []
    for (tenant, result) in zip(tenants, results) {
      do {
        answers.append((tenant, try result.get()))
      } catch let failure as QueryFailure where failure.kind != .cancelled {
        failures.append(TenantFailure(tenant: tenant, failure: failure))
      }
    }
    if answers.isEmpty, let first = failures.first { throw first.failure }
    var answer = try TenantAnswers(answers, tellsTenant: true).joined()
    answer.failures = failures + answer.failures
    return answer
  }
}

extension QueryFailure {
  /// Whether the query met a limit of its budget, and may answer with more.
  package var isBudgetLimit: Bool {
    switch kind {
    case .memory, .timeout, .rows: true
    case .evaluation, .unsupported, .input, .steps, .cancelled: false
    }
  }
}
