import Columnar
import Synchronization

/// Whether a query was ended from outside: cancelled, or out of time.
///
/// Once it is it stays so, whoever asks.
final class QueryEnd: Sendable {
  /// Monotonic nanoseconds at which the query is ended, or nil.
  private let deadline: UInt64?
  private let timeoutSeconds: Double
  private let clock: @Sendable () -> UInt64
  private let isCancelled = Atomic<Bool>(false)

  init(timeoutSeconds: Double?, clock: @escaping @Sendable () -> UInt64) {
    self.clock = clock
    self.timeoutSeconds = timeoutSeconds ?? 0
    deadline = timeoutSeconds.flatMap { seconds in
      UInt64(exactly: (seconds * 1e9).rounded()).map { clock() &+ $0 }
    }
  }

  func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Throws where the query was ended.
  func check() throws {
    if isCancelled.load(ordering: .relaxed) {
      throw QueryFailure(.cancelled, "the query was cancelled")
    }
    if let deadline, clock() > deadline {
      throw QueryFailure(
        .timeout,
        "the query ran longer than its time limit of \(timeoutSeconds) s; "
          + "narrow it (a time filter first) or raise --timeout"
      )
    }
  }
}
