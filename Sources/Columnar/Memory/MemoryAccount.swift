import CSIMD
import Glibc
import Synchronization

/// Counts the bytes of the buffers that the threads of one query make, until they are freed.
///
/// A buffer finds the account of the thread that makes it by itself, so whatever is made of
/// vectors is counted: batches on their way, sorted rows, results. Who keeps other memory charges
/// it to the budget of the query.
public final class MemoryAccount: Sendable {
  /// One for each of the first threads, so that these do not contend.
  private let meters: [MemoryMeter]

  /// Meters of an account; further threads share them.
  private static let meterCount = 8

  /// Throws where the query was ended.
  private let end: (@Sendable () throws -> Void)?

  /// Makes an account.
  ///
  /// - Parameter end: throws where what the threads work on was ended; asked by any of them.
  public init(end: (@Sendable () throws -> Void)? = nil) {
    self.end = end
    meters = (0..<Self.meterCount).map { _ in MemoryMeter() }
  }

  /// Bytes of all buffers that are alive.
  public var byteCount: Int { meters.reduce(0) { $0 + $1.byteCount } }

  /// Counts what the calling thread allocates in the body.
  ///
  /// - Parameter thread: the number of the thread among those of the query.
  public func metering<Value>(
    thread: Int = 0,
    _ body: () throws -> Value
  ) rethrows -> Value {
    let outer = (csimd_account(), csimd_meter())
    let meter = meters[thread & (Self.meterCount - 1)]
    csimd_set_account(
      Unmanaged.passUnretained(self).toOpaque(),
      Unmanaged.passUnretained(meter).toOpaque()
    )
    defer { csimd_set_account(outer.0, outer.1) }
    return try withExtendedLifetime(self) { try body() }
  }

  /// The account of the calling thread, which is handed on to the threads that it starts.
  public static var current: MemoryAccount? {
    csimd_account().map { Unmanaged<MemoryAccount>.fromOpaque($0).takeUnretainedValue() }
  }
}

extension MemoryAccount {
  /// Throws where the query of the calling thread was ended: for long loops of code that knows no
  /// query, once every some thousand rows.
  public static func checkEnd() throws {
    guard let account = csimd_account() else { return }
    try Unmanaged<MemoryAccount>.fromOpaque(account).takeUnretainedValue().end?()
  }

  /// The same, once every some thousand rows of a loop that makes texts.
  @inlinable
  @inline(__always)
  public static func checkEnd(atRow row: Int) throws {
    if row & 0x1FFF == 0x1FFF { try checkEnd() }
  }

  /// Whether the query of the calling thread was ended; it stays so, and whoever may throw will.
  public static var isEnded: Bool {
    do { try checkEnd() } catch { return true }
    return false
  }

  /// Rows after which a long loop looks whether its query was ended.
  public static let rowsBetweenChecks = 1 << 16

  /// Calls the body with pieces of the rows `0 ..< count`, and looks between them whether the query
  /// of the calling thread was ended.
  public static func forEachPiece(of count: Int, _ body: (Range<Int>) throws -> Void) throws {
    for start in stride(from: 0, to: count, by: rowsBetweenChecks) {
      try checkEnd()
      try body(start..<min(count, start + rowsBetweenChecks))
    }
  }
}

extension MemoryAccount {
  /// Bytes that are copied between two looks: a few milliseconds, new pages included.
  public static let bytesBetweenChecks = 4 << 20

  /// Copies bytes that may be many, and looks between pieces of them whether the query of the
  /// calling thread was ended.
  public static func copy(
    _ source: UnsafeRawPointer,
    to target: UnsafeMutableRawPointer,
    count: Int
  ) throws {
    for start in stride(from: 0, to: count, by: bytesBetweenChecks) {
      if start > 0 { try checkEnd() }
      memcpy(target + start, source + start, min(bytesBetweenChecks, count - start))
    }
  }
}

/// Counts bytes that are written and looks now and then whether the query was ended.
public struct ByteChecks {
  private var left = MemoryAccount.bytesBetweenChecks

  public init() {}

  /// Counts bytes.
  @inline(__always)
  public mutating func countDown(_ bytes: Int) throws {
    left &-= bytes
    if left <= 0 { try check() }
  }

  @inline(never)
  private mutating func check() throws {
    left = MemoryAccount.bytesBetweenChecks
    try MemoryAccount.checkEnd()
  }
}

/// Has a sort look now and then whether its query was ended.
@frozen
public struct SortChecks {
  /// Comparisons between two looks: a few milliseconds.
  @usableFromInline static let comparisonsBetween = 1 << 15

  @usableFromInline var left = comparisonsBetween

  @inlinable public init() {}

  /// Counts a comparison.
  @inlinable @inline(__always)
  public mutating func countDown() throws {
    left &-= 1
    if left == 0 {
      left = Self.comparisonsBetween
      try MemoryAccount.checkEnd()
    }
  }
}

/// A count of bytes that several threads change.
public final class MemoryMeter: Sendable {
  private let bytes = Atomic<Int>(0)
  /// Keeps the counts of two threads in cache lines of their own.
  private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)

  public init() {}

  /// Bytes that are held.
  public var byteCount: Int { bytes.load(ordering: .relaxed) }

  /// Counts bytes.
  public func add(_ count: Int) { bytes.add(count, ordering: .relaxed) }

  /// Counts bytes no more.
  public func subtract(_ count: Int) { bytes.subtract(count, ordering: .relaxed) }

  /// The meter of the calling thread.
  static var current: MemoryMeter? {
    csimd_meter().map { Unmanaged<MemoryMeter>.fromOpaque($0).takeUnretainedValue() }
  }
}

/// Bytes that count as held as long as this object lives.
public final class HeldBytes: Sendable {
  private let bytes = Atomic<Int>(0)
  private let meter: MemoryMeter

  public init(in meter: MemoryMeter) { self.meter = meter }

  deinit { meter.subtract(byteCount) }

  /// Bytes so far.
  public var byteCount: Int { bytes.load(ordering: .relaxed) }

  /// Counts more bytes.
  public func add(_ count: Int) {
    bytes.add(count, ordering: .relaxed)
    meter.add(count)
  }
}
