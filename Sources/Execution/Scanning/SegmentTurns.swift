import Glibc

/// Has workers read one segment of a scan at a time, together.
///
/// What is decoded of a wide segment can take much of a query's memory; that of two does not fit
/// where that of one does.
final class SegmentTurns: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  /// The segment that is read, and by how many workers; guarded by the mutex.
  private var current = 0
  private var readers = 0

  init() {
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Calls the body once no other worker reads another segment.
  func reading<Value>(_ segment: Int, _ body: () throws -> Value) rethrows -> Value {
    enter(segment)
    defer { leave() }
    return try body()
  }

  private func enter(_ segment: Int) {
    pthread_mutex_lock(mutex)
    while readers > 0, current != segment { pthread_cond_wait(changed, mutex) }
    current = segment
    readers += 1
    pthread_mutex_unlock(mutex)
  }

  private func leave() {
    pthread_mutex_lock(mutex)
    readers -= 1
    if readers == 0 { pthread_cond_broadcast(changed) }
    pthread_mutex_unlock(mutex)
  }
}
