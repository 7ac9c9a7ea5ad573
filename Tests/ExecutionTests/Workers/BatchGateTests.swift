import Columnar
import Glibc
import Synchronization
import Testing

@testable import Execution

/// Workers go on side by side with room for all, and take turns without.
struct BatchGateTests {
  /// How many workers were behind a gate, and the most at once.
  private final class Count: Sendable {
    let inside = Atomic<Int>(0)
    let most = Atomic<Int>(0)

    func enter() { most.max(inside.add(1, ordering: .relaxed).newValue, ordering: .relaxed) }
    func leave() { inside.subtract(1, ordering: .relaxed) }
  }

  private func mostAtOnce(memoryLimit: Int) throws -> Int {
    let budget = QueryBudget(memoryLimit: memoryLimit, timeoutSeconds: nil) { 0 }
    let gate = BatchGate(workers: 3, budget: budget)
    let count = Count()
    let rows = Batch(columns: [Vector(constant: .long(1), count: 1000)], count: 1000)
    try Workers.run(3) { _ in
      for _ in 0..<5 {
        gate.pass(rows) {
          count.enter()
          usleep(10_000)
          count.leave()
        }
      }
    }
    return count.most.load(ordering: .relaxed)
  }

  @Test("one worker at a time makes something of a batch where memory is short")
  func short() throws { #expect(try mostAtOnce(memoryLimit: 1000) == 1) }

  @Test("workers do not wait for each other where there is room")
  func ample() throws { #expect(try mostAtOnce(memoryLimit: 1 << 30) > 1) }
}
