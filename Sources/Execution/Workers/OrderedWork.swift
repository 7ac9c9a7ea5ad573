import Glibc
import Synchronization

/// Runs work on the items of a sequence on several threads and hands the results on in order.
///
/// Each thread takes whichever step is due: it hands on the next result if nobody does, else it
/// takes an item and works on it. Items are taken one at a time, and never more than `window` of
/// them lie between the one taken last and the one handed on last, so memory stays bounded and a
/// slow consumer holds the reading back. The calling thread takes part; one thread is enough.
public struct OrderedWork: Sendable {
  /// Threads, the calling one included.
  public let threads: Int
  /// The most items that are taken and not handed on.
  public let window: Int

  public init(threads: Int, window: Int) {
    self.threads = max(1, threads)
    self.window = max(1, window)
  }

  /// Runs until `next` gives nil and all results are handed on.
  ///
  /// What `next`, a worker or `deliver` throws ends the run and is rethrown, after the results of
  /// all items before it were handed on.
  ///
  /// - Parameters:
  ///   - next: gives the next item; called by one thread at a time.
  ///   - makeWorker: makes what works on items; called once on each thread.
  ///   - deliver: takes the results in the order of the items; called by one thread at a time.
  public func run<Item: Sendable, Output: Sendable>(
    next: @escaping () throws -> Item?,
    makeWorker: @escaping @Sendable () -> (Item) throws -> Output,
    deliver: @escaping (Output) throws -> Void
  ) throws {
    let shop = Workshop<Item, Output>(window: window, next: next, deliver: deliver)
    try Workers.run(threads) { _ in shop.run(makeWorker()) }
    if let failure = shop.failure { throw failure }
  }
}

/// What the threads of one run share.
///
/// Unchecked: the closures are called by one thread at a time, which `isReading` and
/// `isDelivering` see to; all other state is touched under the lock.
private final class Workshop<Item: Sendable, Output: Sendable>: @unchecked Sendable {
  private let window: Int
  private let next: () throws -> Item?
  private let deliver: (Output) throws -> Void
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var taken = 0
  private var delivered = 0
  /// Results that wait for those before them, by the number of their item.
  private var ready: [Int: Result<Output, any Error>] = [:]
  private var isReading = false
  private var isDelivering = false
  private var isAtEnd = false
  private(set) var failure: (any Error)?

  init(
    window: Int,
    next: @escaping () throws -> Item?,
    deliver: @escaping (Output) throws -> Void
  ) {
    self.window = window
    self.next = next
    self.deliver = deliver
    lock = .allocate(capacity: 1)
    lock.initialize(to: pthread_mutex_t())
    pthread_mutex_init(lock, nil)
    changed = .allocate(capacity: 1)
    changed.initialize(to: pthread_cond_t())
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Takes part until all is done or something failed.
  func run(_ work: (Item) throws -> Output) {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while failure == nil {
      if !isDelivering, let result = ready.removeValue(forKey: delivered) {
        handOn(result)
      } else if !isAtEnd, !isReading, taken - delivered < window {
        takeItem(work)
      } else if isAtEnd, delivered == taken {
        return
      } else {
        pthread_cond_wait(changed, lock)
      }
    }
  }

  private func handOn(_ result: Result<Output, any Error>) {
    isDelivering = true
    let failed = unlocked { Result { try deliver(result.get()) } }
    isDelivering = false
    delivered += 1
    if case .failure(let error) = failed { failure = error }
    pthread_cond_broadcast(changed)
  }

  private func takeItem(_ work: (Item) throws -> Output) {
    isReading = true
    let item = unlocked { Result { try next() } }
    isReading = false
    let number = taken
    switch item {
    case .success(nil): isAtEnd = true
    case .failure(let error):
      isAtEnd = true
      taken += 1
      ready[number] = .failure(error)
    case .success(let item?):
      taken += 1
      pthread_cond_broadcast(changed)
      ready[number] = unlocked { Result { try work(item) } }
    }
    pthread_cond_broadcast(changed)
  }

  /// Gives the lock up for the time of a call.
  private func unlocked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_unlock(lock)
    defer { pthread_mutex_lock(lock) }
    return body()
  }
}
