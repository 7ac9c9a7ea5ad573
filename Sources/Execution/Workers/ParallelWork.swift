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

  /// What the body gives, or throws, for 0 ..< count, in their order.
  public static func results<Value: Sendable>(
    _ count: Int,
    threads: Int,
    _ body: @escaping @Sendable (Int) throws -> Value
  ) throws -> [Result<Value, any Error>] {
    let slots = Slots<Value>(count)
    try forEach(count, threads: threads) { index in
      slots.put(Result { try body(index) }, at: index)
    }
    return slots.all
  }

  /// Results that workers finish in any order.
  private final class Slots<Value: Sendable>: Sendable {
    private let results: Mutex<[Result<Value, any Error>?]>

    init(_ count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

    func put(_ result: Result<Value, any Error>, at index: Int) {
      results.withLock { $0[index] = result }
    }

    var all: [Result<Value, any Error>] { results.withLock { $0.compactMap { $0 } } }
  }

  private final class Cursor: Sendable {
    private let taken = Atomic<Int>(0)

    func next(below count: Int) -> Int? {
      let index = taken.add(1, ordering: .relaxed).oldValue
      return index < count ? index : nil
    }
  }
}
