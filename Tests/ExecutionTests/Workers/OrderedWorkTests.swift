import Execution
import Testing

/// Holds ordered work to its order, its window and its failures.
struct OrderedWorkTests {
  private struct Stop: Error, Equatable { let number: Int }

  /// What one run saw; its closures are called by one thread at a time.
  private final class Log: @unchecked Sendable {
    var taken = 0
    var delivered: [Int] = []
  }

  private func run(
    threads: Int,
    window: Int,
    count: Int,
    failing: Int? = nil
  ) throws -> Log {
    let log = Log()
    let work = OrderedWork(threads: threads, window: window)
    try work.run(
      next: { () throws -> Int? in
        if log.taken == count { return nil }
        defer { log.taken += 1 }
        return log.taken
      },
      makeWorker: {
        { item in
          if item == failing { throw Stop(number: item) }
          // Items take different times.
          var sum = item
          for step in 0..<(item % 7 * 2000) { sum = sum &* 31 &+ step }
          return sum == .min ? -1 : item
        }
      },
      deliver: { (result: Int) in log.delivered.append(result) }
    )
    return log
  }

  @Test(arguments: [1, 2, 4], [1, 2, 9])
  func `results come in order`(threads: Int, window: Int) throws {
    let log = try run(threads: threads, window: window, count: 300)
    #expect(log.delivered == Array(0..<300))
  }

  @Test(arguments: [1, 3])
  func `a failure comes after all results before it`(threads: Int) {
    for failing in [0, 5, 99] {
      #expect(throws: Stop(number: failing)) {
        _ = try run(threads: threads, window: 4, count: 100, failing: failing)
      }
    }
  }

  @Test func `nothing to do is done at once`() throws {
    #expect(try run(threads: 2, window: 2, count: 0).delivered.isEmpty)
  }
}
