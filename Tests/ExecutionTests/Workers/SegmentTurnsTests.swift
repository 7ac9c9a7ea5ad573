import Glibc
import Synchronization
import Testing

@testable import Execution

/// Workers read one segment of a wide scan together, never two.
struct SegmentTurnsTests {
  /// What workers have seen of each other.
  private final class Seen: Sendable {
    let inside = Mutex<[Int: Int]>([:])
    let overlaps = Atomic<Int>(0)
    let mostTogether = Atomic<Int>(0)

    func enter(_ segment: Int) {
      inside.withLock { inside in
        inside[segment, default: 0] += 1
        if inside.values.count(where: { $0 > 0 }) > 1 { overlaps.add(1, ordering: .relaxed) }
        mostTogether.max(inside[segment] ?? 0, ordering: .relaxed)
      }
    }

    func leave(_ segment: Int) { inside.withLock { $0[segment, default: 0] -= 1 } }
  }

  @Test("segments take turns, the workers of one do not")
  func turns() throws {
    let turns = SegmentTurns()
    let seen = Seen()
    try Workers.run(4) { worker in
      for morsel in 0..<30 {
        // Two workers are a segment ahead of the others.
        let segment = (morsel + worker % 2 * 5) / 10
        turns.reading(segment) {
          seen.enter(segment)
          usleep(500)
          seen.leave(segment)
        }
      }
    }
    #expect(seen.overlaps.load(ordering: .relaxed) == 0)
    #expect(seen.mostTogether.load(ordering: .relaxed) > 1)
  }

  @Test("a worker that fails makes way")
  func failure() throws {
    struct Failure: Error {}
    let turns = SegmentTurns()
    #expect(throws: Failure.self) { try turns.reading(1) { throw Failure() } }
    #expect(turns.reading(2) { true })
  }
}
