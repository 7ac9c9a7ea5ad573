public import Columnar
public import Execution
public import SourceText
import Tenancy

/// Answers a text in each tenant by itself and puts the answers one behind the other, as Defender's
/// view of several tenants does.
extension HuntingEngine {
  /// The most rows of an answer over several tenants.
  public static let perTenantRowLimit = 50_000

  /// Answers a text in each tenant of the view.
  ///
  /// Each gives at most its share of `rowLimit`; what is cut off is in ``HuntingAnswer/cutRows``.
  /// Tenants in which the text fails are in ``HuntingAnswer/failures``; where it fails in all, so
  /// does this.
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
      return try TenantAnswers([(tenants.first, answer)], share: share).joined()
    }
    let outcomes = try Self.turns(tenants.count, threads: options.threads).flatMap { turn in
      let atOnce = min(turn.count, max(1, options.threads))
      return try ParallelWork.results(turn.count, threads: atOnce) { offset in
        var engine = narrowed(to: tenants[turn.lowerBound + offset])
        engine.options.threads = max(1, options.threads / atOnce)
        return try engine.run(source, parameters: parameters, budget: budget)
      }
    }
    return try joined(outcomes, of: tenants, share: share)
  }

  /// Which tenants run side by side: as many as keep all threads busy with one each, and then what
  /// is left, with more threads each.
  private static func turns(_ count: Int, threads: Int) -> [Range<Int>] {
    let even = count - count % max(1, threads)
    return [0..<even, even..<count].filter { !$0.isEmpty }
  }

  private func joined(
    _ outcomes: [Result<HuntingAnswer, any Error>],
    of tenants: [TenantRecord],
    share: Int
  ) throws -> HuntingAnswer {
    var answers: [(TenantRecord?, HuntingAnswer)] = []
    var failures: [TenantFailure] = []
    for (tenant, outcome) in zip(tenants, outcomes) {
      do {
        answers.append((tenant, try outcome.get()))
      } catch let failure as QueryFailure where failure.concernsOneTenant {
        failures.append(TenantFailure(tenant: tenant, failure: failure))
      }
    }
    if answers.isEmpty, let first = failures.first { throw first.failure }
    var answer = try TenantAnswers(answers, share: share).joined()
    answer.failures = failures + answer.failures
    return answer
  }

  /// The engine with one tenant in view.
  private func narrowed(to tenant: TenantRecord) -> HuntingEngine {
    guard let view else { return self }
    var engine = self
    let scope = view.scope.narrowed(to: tenant)
    engine.view?.scope = scope
    engine.tenantColumns = TenantColumns(scope)
    let tables = TenantTables(view, schemas, columns: TenantColumns(scope))
    engine.setStoredTables(tables.seen(by: tenant), failures: [:])
    return engine
  }
}

extension QueryFailure {
  /// Whether other tenants may well answer: limits and the caller end the whole.
  public var concernsOneTenant: Bool {
    switch kind {
    case .evaluation, .unsupported, .input, .steps: true
    case .memory, .timeout, .rows, .cancelled: false
    }
  }
}
