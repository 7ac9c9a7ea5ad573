import FileAccess
import Synchronization

/// The clock as a process reads it: at one of its next looks at the time something else happens,
/// which is at any place of its work, but in no transaction.
final class ProcessClock: Clock {
  private struct Interruption {
    var looks: Int
    let body: @Sendable () throws -> Void
  }

  private let clock: SimulatedClock
  private let interruption = Mutex<Interruption?>(nil)
  private let failure = Mutex<(any Error)?>(nil)

  init(_ clock: SimulatedClock) { self.clock = clock }

  /// Has something happen behind some looks at the time; nil for nothing.
  func interrupt(after looks: Int, _ body: (@Sendable () throws -> Void)?) {
    interruption.withLock { $0 = body.map { Interruption(looks: looks, body: $0) } }
  }

  /// Throws what went wrong in the interruption.
  func check() throws {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  var monotonicNanoseconds: UInt64 { clock.monotonicNanoseconds }

  var wallTicks: Int64 {
    let body = interruption.withLock { interruption -> (@Sendable () throws -> Void)? in
      guard let known = interruption else { return nil }
      if known.looks > 0 {
        interruption?.looks -= 1
        return nil
      }
      interruption = nil
      return known.body
    }
    do {
      try body?()
    } catch {
      failure.withLock { $0 = error }
    }
    return clock.wallTicks
  }
}
