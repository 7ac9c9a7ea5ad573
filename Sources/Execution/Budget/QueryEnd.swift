import Columnar
import Synchronization

/// Whether a query was ended from outside: cancelled, or out of time.
///
/// Once it is it stays so, whoever asks. One of several queries of a whole also ends with that.
final class QueryEnd: Sendable {
  /// What ends all queries of which this is one.
  private let whole: QueryEnd?
  /// Monotonic nanoseconds at which the query is ended, or nil.
  private let deadline: UInt64?
  private let timeoutSeconds: Double
  private let clock: @Sendable () -> UInt64
  private let isCancelled = Atomic<Bool>(false)

  init(
    timeoutSeconds: Double?,
    partOf whole: QueryEnd? = nil,
    clock: @escaping @Sendable () -> UInt64
  ) {
    self.whole = whole
    self.clock = clock
    self.timeoutSeconds = timeoutSeconds ?? 0
    deadline = timeoutSeconds.flatMap { seconds in
      UInt64(exactly: (seconds * 1e9).rounded()).map { clock() &+ $0 }
    }
  }

  /// An end within this one, for one of its queries.
  func part(timeoutSeconds: Double?) -> QueryEnd {
    QueryEnd(timeoutSeconds: timeoutSeconds, partOf: self, clock: clock)
  }

  func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Throws where the query was ended.
  func check() throws {
    try whole?.check()
    if isCancelled.load(ordering: .relaxed) {
      throw QueryFailure(.cancelled, "the query was cancelled")
    }
    if let deadline, clock() > deadline {
      throw QueryFailure(
        .timeout,
        "the query ran longer than its \(limit); "
          + "narrow it (a time filter first) or raise --timeout"
      )
    }
  }

  /// The limit as a reader is told it; a share with as many places as matter.
  private var limit: String {
    if whole == nil { return "time limit of \(timeoutSeconds) s" }
    return "share of the time limit, \((timeoutSeconds * 100).rounded(.up) / 100) s"
  }

  /// What is left of the time, or nil where there is no limit.
  var secondsLeft: Double? {
    guard let deadline else { return nil }
    let now = clock()
    return now < deadline ? Double(deadline - now) / 1e9 : 0
  }
}
