import Columnar
import Glibc
import Segments
import Synchronization

/// What one operator of an analysed query did.
public final class OperatorMeasure: Sendable {
  /// The operator and its parameters, in one line.
  public let title: String
  private let state = Mutex(State())

  private struct State {
    var inputs: [OperatorMeasure] = []
    var rows = 0
    var batches = 0
    /// Nanoseconds of all workers in what they read from sources of this operator.
    var source: Int64 = 0
    /// Nanoseconds of all workers in what comes after this operator.
    var downstream: Int64 = 0
    var ownsSource = false
    /// What its inputs had handed on when it was made: part of `eager`.
    var handedBefore: Int64 = 0
    /// Nanoseconds of what ran before the operator yielded its first row.
    var eager: Int64 = 0
    var heldBytes = 0
    var spilledBytes = 0
    var scan: ScanMeasure?
  }

  init(_ title: String) { self.title = title }

  /// The operators whose rows this one takes.
  public var inputs: [OperatorMeasure] { state.withLock { $0.inputs } }
  /// Rows that came out.
  public var rows: Int { state.withLock { $0.rows } }
  /// Batches that came out.
  public var batches: Int { state.withLock { $0.batches } }
  /// Bytes that the operator holds at its end more than at its start, its inputs included.
  public var heldBytes: Int { state.withLock { $0.heldBytes } }
  /// Bytes that went to disk while it ran, those of its inputs included.
  public var spilledBytes: Int { state.withLock { $0.spilledBytes } }
  /// What a scan of stored rows read and left out; nil for other operators.
  public var scan: ScanMeasure? { state.withLock { $0.scan } }

  /// CPU seconds of all workers in the operator itself.
  public var seconds: Double { Double(max(0, nanoseconds)) / 1e9 }

  private var nanoseconds: Int64 {
    let own = state.withLock { $0 }
    let before = own.ownsSource ? own.source : Self.handed(own.inputs) - own.handedBefore
    return own.eager + max(0, before - own.downstream)
  }

  /// The nanoseconds of the operator and all below it so far.
  private var total: Int64 { inputs.reduce(max(0, nanoseconds)) { $0 + $1.total } }

  /// Nanoseconds in what came after some operators.
  private static func handed(_ inputs: [OperatorMeasure]) -> Int64 {
    inputs.reduce(0) { $0 + $1.state.withLock { $0.downstream } }
  }

  func add(_ input: OperatorMeasure) { state.withLock { $0.inputs.append(input) } }

  func note(_ scan: ScanMeasure) { state.withLock { $0.scan = scan } }

  func noteSource() { state.withLock { $0.ownsSource = true } }

  func note(source nanoseconds: Int64) { state.withLock { $0.source += nanoseconds } }

  func note(rows: Int, downstream nanoseconds: Int64) {
    state.withLock { state in
      state.rows += rows
      state.batches += 1
      state.downstream += nanoseconds
    }
  }

  /// Takes note of what ran while the operator was made: all CPU time, less that of its inputs.
  func note(made nanoseconds: Int64, heldBytes: Int, spilledBytes: Int) {
    let inputs = self.inputs
    let below = inputs.reduce(0) { $0 + $1.total }
    let handed = Self.handed(inputs)
    state.withLock { state in
      state.eager = max(0, nanoseconds - below)
      state.handedBefore = handed
      state.heldBytes = max(0, heldBytes)
      state.spilledBytes = max(0, spilledBytes)
    }
  }
}

/// What a scan of stored rows read and left out.
public final class ScanMeasure: Sendable {
  /// Segments of the table, and those whose times cannot pass.
  public let segments: Int
  public let segmentsOutside: Int
  private let counts = Mutex(Counts())

  private struct Counts {
    var blocks = 0
    var rows = 0
    var outside = 0
    var withoutValue = 0
    var beaten = 0
    var withoutTerm = 0
  }

  /// Segments that were left out because no text column has a term that is asked for.
  public var segmentsWithoutTerm: Int { counts.withLock { $0.withoutTerm } }
  /// Blocks of the segments that were looked at.
  public var blocks: Int { counts.withLock { $0.blocks } }
  /// Rows in these blocks.
  public var rows: Int { counts.withLock { $0.rows } }
  /// Blocks left out by the bounds of integers and times.
  public var blocksOutside: Int { counts.withLock { $0.outside } }
  /// Blocks in which no row passed a test of values, by filters and dictionaries.
  public var blocksWithoutValue: Int { counts.withLock { $0.withoutValue } }
  /// Blocks that hold no row that a `top` wants.
  public var blocksBeaten: Int { counts.withLock { $0.beaten } }

  func noteBlock(rows: Int) {
    counts.withLock { counts in
      counts.blocks += 1
      counts.rows += rows
    }
  }
  func noteOutside() { counts.withLock { $0.outside += 1 } }
  func noteWithoutValue() { counts.withLock { $0.withoutValue += 1 } }
  func noteWithoutTerm() { counts.withLock { $0.withoutTerm += 1 } }
  func noteBeaten() { counts.withLock { $0.beaten += 1 } }

  private let bytesBefore: Int
  private let parts: [any StoredSegment]

  init(segments: Int, parts: [any StoredSegment]) {
    self.segments = segments
    segmentsOutside = segments - parts.count
    self.parts = parts
    bytesBefore = Self.decoded(parts)
  }

  /// Bytes that were decoded; what an earlier query had decoded is at hand.
  public var decodedBytes: Int { max(0, Self.decoded(parts) - bytesBefore) }

  private static func decoded(_ parts: [any StoredSegment]) -> Int {
    parts.reduce(0) { $0 + ((try? $1.open().decodedByteCount) ?? 0) }
  }
}

/// CPU clocks in nanoseconds.
enum CPUClock {
  /// That of the calling thread.
  static var thread: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }
  /// That of all threads.
  static var process: Int64 { read(CLOCK_PROCESS_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
