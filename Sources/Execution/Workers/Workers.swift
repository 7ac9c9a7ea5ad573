import Columnar
import Glibc
import Synchronization

/// Runs work on threads of the engine's own, never on Swift's cooperative pool.
enum Workers {
  /// Runs the body once for each worker index and waits for all; the first error is rethrown.
  ///
  /// What the threads allocate is counted as the calling thread's is.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
    if count <= 1 { return try body(0) }
    let failureBox = FailureBox()
    let account = MemoryAccount.current
    var threads: [pthread_t] = []
    for index in 1..<count {
      let task = Task {
        do {
          if let account {
            try account.metering(thread: index) { try body(index) }
          } else {
            try body(index)
          }
        } catch {
          failureBox.keep(error)
        }
      }
      if let thread = task.start() { threads.append(thread) } else { task.runHere() }
    }
    do { try body(0) } catch { failureBox.keep(error) }
    for thread in threads { pthread_join(thread, nil) }
    if let error = failureBox.first { throw error }
  }

  /// A closure on its way to a thread.
  private final class Task: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    /// Starts a thread; nil where the system has none to give.
    func start() -> pthread_t? {
      var thread = pthread_t()
      let handle = Unmanaged.passRetained(self)
      let status = pthread_create(
        &thread,
        nil,
        { argument in
          guard let argument else { return nil }
          Unmanaged<Task>.fromOpaque(argument).takeRetainedValue().body()
          return nil
        },
        handle.toOpaque()
      )
      if status == 0 { return thread }
      handle.release()
      return nil
    }

    func runHere() { body() }
  }

  /// Keeps the first error of several workers.
  private final class FailureBox: Sendable {
    private let kept = Mutex<(any Error)?>(nil)

    func keep(_ error: any Error) {
      kept.withLock { if $0 == nil { $0 = error } }
    }

    var first: (any Error)? { kept.withLock { $0 } }
  }
}
