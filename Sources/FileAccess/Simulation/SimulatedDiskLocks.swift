extension SimulatedDisk {
  public func lockExclusively(_ path: String) throws(FileFailure) -> any FileLock {
    let life = try perform(path, .lock) { contents throws(FileFailure) in
      if contents.exclusive.contains(path) {
        throw FileFailure(.locked(holder: "another process"), path: path, operation: .lock)
      }
      if contents.disk.names[path] == nil { _ = contents.disk.makeFile(path) }
      contents.exclusive.insert(path)
      return contents.life
    }
    return SimulatedLock(disk: self, life: life, path: path, position: nil)
  }

  public func lockShared(_ path: String, at position: Int64) throws(FileFailure) -> any FileLock {
    let life = try perform(path, .lock) { contents throws(FileFailure) in
      if contents.disk.names[path] == nil {
        throw FileFailure(.missing, path: path, operation: .lock)
      }
      contents.shared[path, default: [:]][position, default: 0] += 1
      return contents.life
    }
    return SimulatedLock(disk: self, life: life, path: path, position: position)
  }

  public func hasSharedLocks(
    _ path: String,
    below position: Int64
  ) throws(FileFailure) -> Bool {
    try perform(path, .lock) { contents throws(FileFailure) in
      contents.shared[path]?.contains { $0.key < position && $0.value > 0 } ?? false
    }
  }
}

/// A lock of a simulated disk; one from before a restart lets go of nothing.
private final class SimulatedLock: FileLock {
  private let disk: SimulatedDisk
  private let life: Int
  private let path: String
  private let position: Int64?

  init(disk: SimulatedDisk, life: Int, path: String, position: Int64?) {
    self.disk = disk
    self.life = life
    self.path = path
    self.position = position
  }

  deinit {
    let (life, path, position) = (life, path, position)
    disk.adjust { contents in
      if contents.life != life { return }
      if let position {
        contents.shared[path]?[position, default: 1] -= 1
      } else {
        contents.exclusive.remove(path)
      }
    }
  }
}
