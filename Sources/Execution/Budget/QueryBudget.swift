import Columnar
import Synchronization

/// What one query may use, and what it has used so far; shared by all its workers.
///
/// Every operator checks it once a batch and inside long loops, and charges memory that it keeps
/// across batches.
public final class QueryBudget: Sendable {
  /// The most bytes that operators may hold together.
  public let memoryLimit: Int
  /// Monotonic nanoseconds at which the query is ended, or nil.
  public let deadline: UInt64?
  private let clock: @Sendable () -> UInt64
  private let used = Atomic<Int>(0)
  private let highWater = Atomic<Int>(0)
  private let isCancelled = Atomic<Bool>(false)
  private let timeoutSeconds: Double
  /// Bytes of the limit that were taken before the query began: those of loaded tables.
  private let heldBytes: Int
  private let rowsRead = Atomic<Int>(0)
  private let progress: (@Sendable (Int) -> Void)?

  /// Makes a budget.
  ///
  /// - Parameters:
  ///   - memoryLimit: bytes.
  ///   - timeoutSeconds: nil for no limit.
  ///   - heldBytes: bytes of the limit that loaded tables hold already.
  ///   - progress: told, by any worker, how many rows were read so far; must be quick.
  ///   - clock: monotonic nanoseconds.
  public init(
    memoryLimit: Int,
    timeoutSeconds: Double?,
    heldBytes: Int = 0,
    progress: (@Sendable (Int) -> Void)? = nil,
    clock: @escaping @Sendable () -> UInt64
  ) {
    self.memoryLimit = memoryLimit
    self.clock = clock
    self.timeoutSeconds = timeoutSeconds ?? 0
    self.heldBytes = heldBytes
    self.progress = progress
    used.store(heldBytes, ordering: .relaxed)
    deadline = timeoutSeconds.flatMap { seconds in
      UInt64(exactly: (seconds * 1e9).rounded()).map { clock() &+ $0 }
    }
  }

  /// Asks the query to end at its next check.
  public func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Ends the query where it was cancelled or is out of time.
  public func check() throws {
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

  /// Takes bytes from the budget, or ends the query where it has too few.
  public func charge(_ bytes: Int) throws {
    let total = used.add(bytes, ordering: .relaxed).newValue
    highWater.max(total, ordering: .relaxed)
    if total > memoryLimit {
      let tables = heldBytes > 0 ? ", of which loaded tables hold \(heldBytes >> 20) MiB" : ""
      throw QueryFailure(
        .memory,
        "the query needs more than its memory limit of \(memoryLimit >> 20) MiB\(tables); "
          + "narrow it, project fewer columns or raise --memory"
      )
    }
  }

  /// Counts rows that came out of a source.
  func note(rowsRead rows: Int) {
    guard let progress else { return }
    progress(rowsRead.add(rows, ordering: .relaxed).newValue)
  }

  /// Gives bytes back.
  public func release(_ bytes: Int) { used.subtract(bytes, ordering: .relaxed) }

  /// The most bytes that were held at a time.
  public var peakBytes: Int { highWater.load(ordering: .relaxed) }
}
