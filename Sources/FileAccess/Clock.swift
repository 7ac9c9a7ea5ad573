import Glibc
import Synchronization

/// The door to time: no other code reads a clock.
public protocol Clock: Sendable {
  /// Now in UTC, as 100 ns ticks since 0001-01-01.
  var wallTicks: Int64 { get }

  /// Nanoseconds since an unknown start; never goes back.
  var monotonicNanoseconds: UInt64 { get }
}

/// The clock of this machine.
public struct SystemClock: Clock {
  /// Ticks from 0001-01-01 to 1970-01-01.
  private static let unixEpochTicks: Int64 = 621_355_968_000_000_000

  public init() {}

  public var wallTicks: Int64 {
    let time = Self.now(CLOCK_REALTIME)
    return Self.unixEpochTicks &+ Int64(time.tv_sec) &* 10_000_000 &+ Int64(time.tv_nsec) / 100
  }

  public var monotonicNanoseconds: UInt64 {
    let time = Self.now(CLOCK_MONOTONIC)
    return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000
      &+ UInt64(truncatingIfNeeded: time.tv_nsec)
  }

  private static func now(_ kind: clockid_t) -> timespec {
    var time = timespec()
    clock_gettime(kind, &time)
    return time
  }
}

/// A clock that stands still until it is moved, for tests and for `--now`.
public final class SimulatedClock: Clock {
  private let wall: Atomic<Int64>
  private let monotonic: Atomic<UInt64>

  public init(wallTicks: Int64, monotonicNanoseconds: UInt64 = 0) {
    wall = Atomic(wallTicks)
    monotonic = Atomic(monotonicNanoseconds)
  }

  public var wallTicks: Int64 { wall.load(ordering: .relaxed) }
  public var monotonicNanoseconds: UInt64 { monotonic.load(ordering: .relaxed) }

  /// Moves the time of day back, as somebody who sets a clock does.
  public func stepBack(nanoseconds: UInt64) {
    wall.wrappingSubtract(Int64(truncatingIfNeeded: nanoseconds / 100), ordering: .relaxed)
  }

  /// Moves both times on by `nanoseconds`.
  public func advance(nanoseconds: UInt64) {
    wall.wrappingAdd(Int64(truncatingIfNeeded: nanoseconds / 100), ordering: .relaxed)
    monotonic.wrappingAdd(nanoseconds, ordering: .relaxed)
  }
}
