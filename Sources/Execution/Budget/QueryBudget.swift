import Columnar
import Synchronization

/// What one query may use, and what it has used so far; shared by all its workers.
///
/// Buffers of vectors are counted where they are made. Every operator checks the budget once a
/// batch and inside long loops, charges other memory that it keeps across batches, and asks before
/// it makes much at a time.
public final class QueryBudget: Sendable {
  /// The most bytes that operators and caches of decoded columns may hold together.
  public let memoryLimit: Int
  /// Counts the buffers that the query makes.
  private let account: MemoryAccount
  /// What ends the query from outside.
  private let end: QueryEnd
  /// Memory that outlives the query, but counts into its limit.
  private let caches: [any ReclaimableMemory]
  /// Has the process hold little more than the budget counts.
  private let free: FreeMemory
  /// The budget of which this is a part.
  private let whole: QueryBudget?
  /// What this holds of the whole.
  private let share: MemoryCharge?
  private let used = Atomic<Int>(0)
  private let highWater = Atomic<Int>(0)
  /// Bytes of the limit that were taken before the query began: those of loaded tables.
  private let heldBytes: Int
  private let rowsRead = Atomic<Int>(0)
  private let spilled = Atomic<Int>(0)
  private let progress: (@Sendable (Int) -> Void)?

  /// Makes a budget.
  ///
  /// - Parameters:
  ///   - memoryLimit: bytes.
  ///   - timeoutSeconds: nil for no limit.
  ///   - heldBytes: bytes of the limit that loaded tables hold already.
  ///   - caches: what else counts into the limit.
  ///   - progress: told, by any worker, how many rows were read so far; must be quick.
  ///   - clock: monotonic nanoseconds.
  public init(
    memoryLimit: Int,
    timeoutSeconds: Double?,
    heldBytes: Int = 0,
    caches: [any ReclaimableMemory] = [],
    progress: (@Sendable (Int) -> Void)? = nil,
    clock: @escaping @Sendable () -> UInt64
  ) {
    self.memoryLimit = memoryLimit
    let end = QueryEnd(timeoutSeconds: timeoutSeconds, clock: clock)
    self.end = end
    account = MemoryAccount { try end.check() }
    free = FreeMemory(limit: memoryLimit, clock: clock)
    self.heldBytes = heldBytes
    self.caches = caches
    self.progress = progress
    whole = nil
    share = nil
    used.store(heldBytes, ordering: .relaxed)
  }

  /// Makes a part of a budget for one of the queries that share it.
  ///
  /// What the query holds counts into the whole, which ends it as its own limits do.
  ///
  /// - Parameters:
  ///   - memoryLimit: bytes of this query; loaded tables and caches count into the whole alone.
  ///   - timeoutSeconds: from now on; nil for what is left of the whole.
  public init(partOf whole: QueryBudget, memoryLimit: Int, timeoutSeconds: Double?) {
    self.memoryLimit = memoryLimit
    let end = whole.end.part(timeoutSeconds: timeoutSeconds)
    self.end = end
    account = MemoryAccount { try end.check() }
    free = whole.free
    heldBytes = 0
    caches = []
    progress = nil
    self.whole = whole
    share = MemoryCharge(whole)
  }

  /// Asks the query to end at its next check.
  public func cancel() { end.cancel() }

  /// Ends the query where it was cancelled or is out of time: for long loops that make nothing.
  func checkEnd() throws { try end.check() }

  /// Ends the query where it was cancelled, is out of time or holds too much.
  public func check() throws {
    try end.check()
    try require(0)
    free.returnSome()
  }

  /// Counts rows that came out of a source.
  func note(rowsRead rows: Int) {
    if let whole { return whole.note(rowsRead: rows) }
    guard let progress else { return }
    progress(rowsRead.add(rows, ordering: .relaxed).newValue)
  }

  /// What is left of the time; nil where there is no limit.
  public var secondsLeft: Double? { end.secondsLeft }
}

extension QueryBudget {
  /// Bytes that were put aside on disk.
  public var spilledBytes: Int { spilled.load(ordering: .relaxed) }

  /// Counts bytes that were put aside.
  func note(spilledBytes bytes: Int) {
    spilled.add(bytes, ordering: .relaxed)
    whole?.note(spilledBytes: bytes)
  }
}

// MARK: Memory

extension QueryBudget {
  /// Counts the buffers that the calling thread makes in the body as the query's.
  public func metering<Value>(_ body: () throws -> Value) rethrows -> Value {
    try account.metering(body)
  }

  /// Bytes that are held now.
  public var heldNow: Int {
    let held = used.load(ordering: .relaxed) + account.byteCount
    return caches.reduce(held) { $0 + $1.byteCount }
  }

  /// The most bytes that were held at a time, as far as checks saw.
  public var peakBytes: Int { highWater.load(ordering: .relaxed) }

  /// Takes bytes that no buffer holds from the budget, or ends the query where it has too few.
  public func charge(_ bytes: Int) throws {
    used.add(bytes, ordering: .relaxed)
    try require(0)
  }

  /// Gives bytes back.
  public func release(_ bytes: Int) { used.subtract(bytes, ordering: .relaxed) }

  /// Ends the query where it cannot hold so many more bytes.
  public func require(_ bytes: Int) throws {
    let held = heldNow
    highWater.max(held, ordering: .relaxed)
    if held + bytes <= memoryLimit { return try requireOfWhole(bytes, holding: held) }
    for cache in caches { cache.reclaim() }
    if heldNow + bytes <= memoryLimit { return }
    if whole != nil {
      throw QueryFailure(
        .memory,
        "the query needs more than its share of the memory limit, \(memoryLimit >> 20) MiB; "
          + "narrow it, project fewer columns or raise --memory"
      )
    }
    let tables = heldBytes > 0 ? ", of which loaded tables hold \(heldBytes >> 20) MiB" : ""
    throw QueryFailure(
      .memory,
      "the query needs more than its memory limit of \(memoryLimit >> 20) MiB\(tables); "
        + "narrow it, project fewer columns or raise --memory"
    )
  }

  /// Has the whole know what this holds, and ends the query where that cannot hold so many more.
  private func requireOfWhole(_ bytes: Int, holding held: Int) throws {
    guard let share else { return }
    try share.resize(to: held)
    if bytes > 0 { try whole?.require(bytes) }
  }

  /// Has the whole know what this holds now: for what outlives the query.
  public func settle() throws { try require(0) }

  /// Whether so little is left beside `bytes` more that whoever can should make room.
  public func isTight(for bytes: Int = 0) -> Bool {
    isMuch(heldNow + bytes) || whole?.isTight(for: bytes) ?? false
  }

  /// Whether so many bytes leave little of the limit.
  func isMuch(_ bytes: Int) -> Bool { bytes > memoryLimit / 8 * 5 }

  /// Whether so many more bytes stay within the limit.
  func hasRoom(for bytes: Int) -> Bool { heldNow + bytes <= memoryLimit }

  /// Lets caches give up what they can where little is left; whether they were asked.
  func makeRoom() -> Bool {
    if let whole { return whole.makeRoom() }
    guard !caches.isEmpty, isTight() else { return false }
    reclaim()
    return true
  }

  /// Lets caches give up what they can, and the allocator what is free where the process holds more
  /// than the limit.
  func reclaim() {
    if let whole { return whole.reclaim() }
    for cache in caches { cache.reclaim() }
    free.returnAll()
  }
}

/// Memory that counts into the limit of queries and can be had back at the cost of time.
public protocol ReclaimableMemory: Sendable {
  /// Bytes that are held.
  var byteCount: Int { get }
  /// Gives up what is not in use; what queries refer to counts until they let it go.
  func reclaim()
}
