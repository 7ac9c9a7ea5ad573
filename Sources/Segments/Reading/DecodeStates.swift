import Glibc
import Synchronization

/// Which of a number of parts are decoded; each is decoded by one thread, others wait for it.
final class DecodeStates: @unchecked Sendable {
  private static let untouched: UInt8 = 0
  private static let busy: UInt8 = 1
  private static let done: UInt8 = 2

  private let states: UnsafeMutablePointer<Atomic<UInt8>>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    states = .allocate(capacity: max(1, count))
    for index in 0..<count { (states + index).initialize(to: Atomic(Self.untouched)) }
  }

  deinit {
    states.deinitialize(count: count)
    states.deallocate()
  }

  /// Whether a part is decoded.
  @inline(__always)
  func isDone(_ part: Int) -> Bool { states[part].load(ordering: .acquiring) == Self.done }

  /// Decodes a part once; a failure leaves it as it was, for the next to meet it too.
  @inline(__always)
  func ensure(
    _ part: Int,
    _ decode: () throws(SegmentFailure) -> Void
  ) throws(SegmentFailure) {
    if isDone(part) { return }
    try decodeOnce(part, decode)
  }

  private func decodeOnce(
    _ part: Int,
    _ decode: () throws(SegmentFailure) -> Void
  ) throws(SegmentFailure) {
    while !isDone(part) {
      let claim = states[part].compareExchange(
        expected: Self.untouched,
        desired: Self.busy,
        ordering: .acquiring
      )
      guard claim.exchanged else {
        sched_yield()
        continue
      }
      do throws(SegmentFailure) {
        try decode()
        states[part].store(Self.done, ordering: .releasing)
      } catch {
        states[part].store(Self.untouched, ordering: .releasing)
        throw error
      }
    }
  }
}
