import Columnar
import Synchronization

/// Gives memory that is free back to the system while the process holds more than a limit.
///
/// The allocator keeps what is freed in small pieces for later; budgets count what is in use.
final class FreeMemory: Sendable {
  private let limit: Int
  private let clock: @Sendable () -> UInt64
  private let calls = Atomic<Int>(0)
  private let nextTrim = Atomic<UInt64>(0)

  /// The system is asked at every so many calls.
  private static let callsBetween = 16
  /// Nanoseconds from one trim to the next: it looks at all that is free, which takes milliseconds.
  private static let pause: UInt64 = 50_000_000

  /// - Parameters:
  ///   - limit: bytes that the process may hold.
  ///   - clock: monotonic nanoseconds.
  init(limit: Int, clock: @escaping @Sendable () -> UInt64) {
    self.limit = limit
    self.clock = clock
  }

  /// Gives memory back where it is time to.
  func returnSome() {
    guard calls.add(1, ordering: .relaxed).newValue % Self.callsBetween == 0,
      ProcessMemory.anonymousBytes > limit
    else { return }
    let now = clock()
    let due = nextTrim.load(ordering: .relaxed)
    guard now >= due,
      nextTrim.compareExchange(expected: due, desired: now &+ Self.pause, ordering: .relaxed)
        .exchanged
    else { return }
    ProcessMemory.trim()
  }

  /// Gives it back now where the process holds more than the limit.
  func returnAll() { if ProcessMemory.anonymousBytes > limit { ProcessMemory.trim() } }
}
