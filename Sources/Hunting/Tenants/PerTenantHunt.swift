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
    let rows = rows(readBy: source, in: tenants)
    let hunt = PerTenantHunt(
      engine: self,
      tenants: tenants,
      order: TenantOrder(rows: rows, threads: options.threads),
      share: share,
      budgets: TenantBudgets(
        budget,
        loadedBytes: loadedBytes,
        tenants: tenants.count,
        threads: options.threads
      )
    ) { engine, budget in
      try engine.run(source, parameters: parameters, budget: budget)
    }
    return try hunt.answer()
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
}

/// A text on its way through the tenants of a view.
private struct PerTenantHunt: Sendable {
  /// The engine with all tenants in view.
  let engine: HuntingEngine
  let tenants: [TenantRecord]
  let order: TenantOrder
  /// The most rows of each tenant.
  let share: Int
  let budgets: TenantBudgets
  /// Answers the text by an engine with one tenant in view.
  let run: @Sendable (HuntingEngine, QueryBudget) throws -> HuntingAnswer

  /// How a tenant fared.
  private struct Outcome: Sendable {
    /// Into which the rows count as long as this lives.
    let budget: QueryBudget
    let given: TenantBudgets.Share
    let result: Result<HuntingAnswer, any Error>
    /// Why there are no rows, where that came from running the text.
    let failure: QueryFailure?
  }

  func answer() throws -> HuntingAnswer {
    var outcomes = try sideBySide()
    for (number, index) in order.alone.enumerated() {
      outcomes[index] = outcomeAlone(of: index, left: order.alone.count - number)
    }
    let again = outcomes.keys.sorted().filter { metLimit(outcomes[$0], tenantsLeft: 1) }
    for (number, index) in again.enumerated() {
      let left = again.count - number
      guard metLimit(outcomes[index], tenantsLeft: left) else { continue }
      outcomes[index] = outcomeAlone(of: index, left: left)
    }
    return try withExtendedLifetime(outcomes) {
      try joined(tenants.indices.compactMap { outcomes[$0]?.result })
    }
  }

  /// Whether a tenant may get further alone, as one of some that are left.
  private func metLimit(_ outcome: Outcome?, tenantsLeft: Int) -> Bool {
    guard let outcome, let failure = outcome.failure else { return false }
    return budgets.share(alone: tenantsLeft).mayAnswer(what: failure, met: outcome.given)
  }

  /// Runs the tenants that have a thread each, several at a time.
  private func sideBySide() throws -> [Int: Outcome] {
    let places = order.sideBySide
    let outcomes = try ParallelWork.results(places.count, threads: budgets.atOnce) { number in
      let share = budgets.share(
        besides: places.count - number - 1,
        aloneAfter: order.alone.count
      )
      return outcome(of: tenants[places[number]], share, threads: 1)
    }
    let found = try outcomes.map { try $0.get() }
    return Dictionary(uniqueKeysWithValues: zip(places, found))
  }

  /// Runs a tenant with all threads, as one of some that are left.
  private func outcomeAlone(of index: Int, left: Int) -> Outcome {
    outcome(of: tenants[index], budgets.share(alone: left), threads: engine.options.threads)
  }

  private func outcome(
    of tenant: TenantRecord,
    _ given: TenantBudgets.Share,
    threads: Int
  ) -> Outcome {
    let budget = budgets.budget(of: given)
    var engine = engine.narrowed(to: tenant)
    engine.options.threads = max(1, threads)
    let found = Result {
      try budget.metering { try budgets.hold(run(engine, budget), rows: share, in: budget) }
    }
    let result = Result {
      let answer = try found.get()
      try budgets.check(answerIn: budget)
      return answer
    }
    // What it held is free again; the others are to know before this outcome is forgotten.
    if found.failure != nil { try? budget.settle() }
    return Outcome(budget: budget, given: given, result: result, failure: found.failure)
  }

  /// The answers one behind the other, and who has none. What the caller ends has no answer.
  private func joined(_ results: [Result<HuntingAnswer, any Error>]) throws -> HuntingAnswer {
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

extension Result<HuntingAnswer, any Error> {
  fileprivate var failure: QueryFailure? {
    if case .failure(let error) = self { error as? QueryFailure } else { nil }
  }
}

extension QueryFailure {
  /// Whether other tenants may well answer where all share one budget: its limits and the caller
  /// end the whole.
  public var concernsOneTenant: Bool {
    switch kind {
    case .evaluation, .unsupported, .input, .steps: true
    case .memory, .timeout, .rows, .cancelled: false
    }
  }
}
