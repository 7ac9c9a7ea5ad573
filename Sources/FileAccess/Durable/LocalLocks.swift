import Glibc

/// Locks of open file descriptions (`fcntl(2)`), which glibc's Swift module does not name: unlike
/// the older locks they also hold between two descriptors of one process.
private let getDescriptionLock: Int32 = 36
private let setDescriptionLock: Int32 = 37

extension LocalFileSystem {
  public func lockExclusively(_ path: String) throws(FileFailure) -> any FileLock {
    try validate(path, .lock)
    let flags = O_RDWR | O_CREAT | O_CLOEXEC
    let lock = DescriptorLock(try retrying(path, .lock) { Glibc.open(path, flags, 0o644) })
    do throws(FileFailure) {
      _ = try retrying(path, .lock) { flock(lock.descriptor, LOCK_EX | LOCK_NB) }
    } catch {
      if error.reason != .io(code: EWOULDBLOCK) { throw error }
      let holder = readHolder(lock.descriptor)
      throw FileFailure(.locked(holder: holder), path: path, operation: .lock)
    }
    noteHolder(lock.descriptor)
    return lock
  }

  public func lockShared(_ path: String, at position: Int64) throws(FileFailure) -> any FileLock {
    try validate(path, .lock)
    let lock = DescriptorLock(
      try retrying(path, .lock) { Glibc.open(path, O_RDONLY | O_CLOEXEC) }
    )
    var range = Self.lockRange(F_RDLCK, start: position, length: 1)
    _ = try retrying(path, .lock) { fcntl(lock.descriptor, setDescriptionLock, &range) }
    return lock
  }

  public func hasSharedLocks(
    _ path: String,
    below position: Int64
  ) throws(FileFailure) -> Bool {
    if position <= 0 { return false }
    try validate(path, .lock)
    let asking = DescriptorLock(
      try retrying(path, .lock) { Glibc.open(path, O_RDONLY | O_CLOEXEC) }
    )
    var range = Self.lockRange(F_WRLCK, start: 0, length: position)
    _ = try retrying(path, .lock) { fcntl(asking.descriptor, getDescriptionLock, &range) }
    return Int32(range.l_type) != Int32(F_UNLCK)
  }

  fileprivate static func lockRange(_ kind: Int32, start: Int64, length: Int64) -> flock {
    let range: flock = .init(
      l_type: Int16(truncatingIfNeeded: kind),
      l_whence: Int16(truncatingIfNeeded: SEEK_SET),
      l_start: off_t(start),
      l_len: off_t(length),
      l_pid: 0
    )
    return range
  }

  /// Writes this process's number and name into a lock file that it holds; only for messages, so
  /// a failure does not matter.
  private func noteHolder(_ descriptor: Int32) {
    let name = (try? readAll("/proc/self/comm", limitBytes: 256)) ?? []
    let text = Array("\(getpid()) ".utf8) + name.filter { $0 > 0x20 && $0 < 0x7F }
    if ftruncate(descriptor, 0) != 0 { return }
    _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  /// Names the process that holds a lock file, as it noted itself there.
  private func readHolder(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    let words = bytes.prefix(max(0, count)).filter { $0 >= 0x20 && $0 < 0x7F }
      .split(separator: UInt8(ascii: " "))
    guard let number = words.first.flatMap({ Int32(String(decoding: $0, as: UTF8.self)) }) else {
      return "another process"
    }
    let name = words.count > 1 ? " (\(String(decoding: words[1], as: UTF8.self)))" : ""
    return "process \(number)\(name)"
  }
}

/// Holds a descriptor open, and with it the lock that was taken through it.
final class DescriptorLock: FileLock {
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit {
    // A child process that is just being started has the open file too, and closing it here alone
    // would leave it locked for that while.
    flock(descriptor, LOCK_UN)
    var range = LocalFileSystem.lockRange(F_UNLCK, start: 0, length: 0)
    _ = fcntl(descriptor, setDescriptionLock, &range)
    close(descriptor)
  }
}
