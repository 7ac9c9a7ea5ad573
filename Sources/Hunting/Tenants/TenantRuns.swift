import Columnar
package import Execution

/// Work in each of some tenants, within limits that they share as ``TenantBudgets`` says.
package struct TenantRuns<Value: Sendable>: Sendable {
  /// How a tenant fared.
  package struct Outcome: Sendable {
    /// Into which what the tenant has counts as long as this lives.
    let budget: QueryBudget
    let given: TenantBudgets.Share
    package let result: Result<Value, any Error>
    /// Why there is nothing, where that came from the work itself.
    let failure: QueryFailure?
  }

  /// Does the work in the tenant of a place, with so many threads.
  package typealias Work = @Sendable (_ place: Int, _ threads: Int, QueryBudget) throws -> Value

  private let order: TenantOrder
  private let budgets: TenantBudgets
  private let threads: Int
  private let work: Work

  /// - Parameters:
  ///   - rows: about how many rows each tenant reads.
  ///   - budget: what all of them may use together.
  package init(rows: [Int], threads: Int, budget: QueryBudget, work: @escaping Work) {
    let budgets = TenantBudgets(budget, loadedBytes: 0, tenants: rows.count, threads: threads)
    self.init(rows: rows, threads: threads, budgets: budgets, work: work)
  }

  init(rows: [Int], threads: Int, budgets: TenantBudgets, work: @escaping Work) {
    order = TenantOrder(rows: rows, threads: threads)
    self.budgets = budgets
    self.threads = threads
    self.work = work
  }

  /// How each tenant fared, in the order of their places.
  package func outcomes() throws -> [Outcome] {
    var outcomes = try sideBySide()
    for (number, place) in order.alone.enumerated() {
      outcomes[place] = outcomeAlone(of: place, left: order.alone.count - number)
    }
    let again = outcomes.keys.sorted().filter { metLimit(outcomes[$0], tenantsLeft: 1) }
    for (number, place) in again.enumerated() {
      let left = again.count - number
      guard metLimit(outcomes[place], tenantsLeft: left) else { continue }
      outcomes[place] = outcomeAlone(of: place, left: left)
    }
    return outcomes.sorted { $0.key < $1.key }.map(\.value)
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
      return outcome(of: places[number], share, threads: 1)
    }
    let found = try outcomes.map { try $0.get() }
    return Dictionary(uniqueKeysWithValues: zip(places, found))
  }

  /// Runs a tenant with all threads, as one of some that are left.
  private func outcomeAlone(of place: Int, left: Int) -> Outcome {
    outcome(of: place, budgets.share(alone: left), threads: threads)
  }

  private func outcome(
    of place: Int,
    _ given: TenantBudgets.Share,
    threads: Int
  ) -> Outcome {
    let budget = budgets.budget(of: given)
    let found = Result {
      try budget.metering {
        let value = try work(place, max(1, threads), budget)
        try budget.settle()
        return value
      }
    }
    let result = Result {
      let value = try found.get()
      try budgets.check(answerIn: budget)
      return value
    }
    // What it held is free again; the others are to know before this outcome is forgotten.
    if found.failure != nil { try? budget.settle() }
    return Outcome(budget: budget, given: given, result: result, failure: found.failure)
  }
}

extension Result where Failure == any Error {
  fileprivate var failure: QueryFailure? {
    if case .failure(let error) = self { error as? QueryFailure } else { nil }
  }
}
