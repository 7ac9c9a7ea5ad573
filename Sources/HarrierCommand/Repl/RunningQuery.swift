import Execution
import Synchronization

/// The query that runs, if one does, for whoever wants to end it.
final class RunningQuery: Sendable {
  private let budget = Mutex<QueryBudget?>(nil)

  /// Ends the query at its next look.
  func cancel() { budget.withLock { $0?.cancel() } }

  /// Runs a body that a budget bounds.
  func during<Value>(_ budget: QueryBudget, _ body: () throws -> Value) rethrows -> Value {
    self.budget.withLock { $0 = budget }
    defer { self.budget.withLock { $0 = nil } }
    return try body()
  }
}
