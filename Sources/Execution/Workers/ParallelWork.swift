import Synchronization

/// Runs a body for each of many numbers on several threads.
public enum ParallelWork {
  /// Runs the body for 0 ..< count; the calling thread takes part, and all are done at return.
  public static func forEach(
    _ count: Int,
    threads: Int,
    _ body: @escaping @Sendable (Int) -> Void
  ) throws {
    let cursor = Cursor()
    try Workers.run(max(1, min(threads, count))) { _ in
      while let index = cursor.next(below: count) { body(index) }
    }
  }

  private final class Cursor: Sendable {
    private let taken = Atomic<Int>(0)

    func next(below count: Int) -> Int? {
      let index = taken.add(1, ordering: .relaxed).oldValue
      return index < count ? index : nil
    }
  }
}
