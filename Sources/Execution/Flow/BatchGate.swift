import Columnar
import Glibc

/// Lets the workers of a flow work on their batches side by side while there is memory for what all
/// of them make of these, else one after another.
///
/// What workers hold for a moment adds up: without the gate a query that fits its limit would end,
/// or not, by how the machine happens to run its threads.
final class BatchGate: @unchecked Sendable {
  /// How many times its rows an operator makes of a batch at most, for a moment: computed columns,
  /// the same joined, gathered and on their way to disk, texts beside them.
  private static let copies = 16

  private let workers: Int
  private let budget: QueryBudget
  private let lock: UnsafeMutablePointer<pthread_rwlock_t>

  init(workers: Int, budget: QueryBudget) {
    self.workers = workers
    self.budget = budget
    lock = .allocate(capacity: 1)
    pthread_rwlock_init(lock, nil)
  }

  deinit {
    pthread_rwlock_destroy(lock)
    lock.deallocate()
  }

  /// Calls the body once there is room for what it makes of a batch, or no other worker makes any.
  func pass<Value>(_ batch: Batch, _ body: () throws -> Value) rethrows -> Value {
    if workers == 1 { return try body() }
    let needed = batch.rowByteCount * Self.copies * workers
    if budget.hasRoom(for: needed) {
      pthread_rwlock_rdlock(lock)
    } else {
      pthread_rwlock_wrlock(lock)
    }
    defer { pthread_rwlock_unlock(lock) }
    return try body()
  }
}
