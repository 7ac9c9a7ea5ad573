import FileAccess
import Glibc
import HarrierTesting
import Testing

/// Holds the real disk and the simulated one to one protocol.
struct DurableFileSystemTests {
  /// Runs `body` on both, each with an empty folder.
  private func onBoth(_ body: (any DurableFileSystem, String) throws -> Void) throws {
    try withTemporaryFolder { try body(LocalFileSystem(), $0) }
    try body(SimulatedDisk(root: "/d"), "/d")
  }

  @Test func `files are written, renamed, linked, appended to and removed`() throws {
    try onBoth { files, root in
      try files.makeFoldersDurably(root + "/a/b")
      try files.makeFolder(root + "/a/b")
      let path = root + "/a/b/x"
      try files.writeSynced([[1, 2], [], [3]], to: path)
      #expect(throws: FileFailure(.exists, path: path, operation: .write)) {
        try files.create(path)
      }
      try files.rename(path, to: root + "/a/y")
      try files.link(root + "/a/y", to: root + "/a/z")
      let file = try files.openForAppending(root + "/a/y")
      try file.write([4])
      try file.sync()
      try files.syncFolder(root + "/a")
      #expect(try files.readAll(root + "/a/z", limitBytes: 9) == [1, 2, 3, 4])
      #expect(try files.list(root + "/a") == ["b", "y", "z"])
      #expect(throws: FileFailure(.notEmpty, path: root + "/a", operation: .remove)) {
        try files.removeFolder(root + "/a")
      }
      try files.removeFolder(root + "/a/b")
      try files.remove(root + "/a/y")
      #expect(try files.exists(root + "/a/y") == false)
      try files.copySynced(root + "/a/z", to: root + "/copy")
      #expect(try files.readAll(root + "/copy", limitBytes: 9) == [1, 2, 3, 4])
    }
  }

  @Test func `what is missing is said`() throws {
    try onBoth { files, root in
      let path = root + "/none"
      #expect(throws: FileFailure(.missing, path: path, operation: .remove)) {
        try files.remove(path)
      }
      #expect(throws: FileFailure(.missing, path: path, operation: .map)) { try files.map(path) }
      #expect(throws: FileFailure(.missing, path: path, operation: .sync)) {
        try files.syncFolder(path)
      }
      #expect(throws: FileFailure(.missing, path: path, operation: .rename)) {
        try files.rename(path, to: root + "/other")
      }
      #expect(throws: FileFailure(.missing, path: path + "/x", operation: .write)) {
        try files.create(path + "/x")
      }
      #expect(throws: FileFailure(.missing, path: path, operation: .lock)) {
        try files.lockShared(path, at: 1)
      }
      #expect(throws: FileFailure(.isDirectory, path: root, operation: .map)) {
        try files.map(root)
      }
    }
  }

  @Test func `a map holds the bytes and zeros behind them`() throws {
    try onBoth { files, root in
      for count in [0, 1, 4095, 4096, 12_288] {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
        let path = root + "/\(count)"
        try files.writeSynced([bytes], to: path)
        let map = try files.map(path)
        try files.remove(path)
        #expect(map.byteCount == count)
        #expect(Array(map.bytes) == bytes)
        let padded = UnsafeRawBufferPointer(
          start: map.base,
          count: count + MappedFile.paddingBytes
        )
        #expect(padded[count...].allSatisfy { $0 == 0 })
      }
    }
  }

  @Test func `one process holds the exclusive lock`() throws {
    try onBoth { files, root in
      let path = root + "/LOCK"
      var lock: (any FileLock)? = try files.lockExclusively(path)
      let failure = #expect(throws: FileFailure.self) { try files.lockExclusively(path) }
      if case .locked(let holder)? = failure?.reason, files is LocalFileSystem {
        #expect(holder.hasPrefix("process \(getpid()) ("))
      }
      #expect(failure?.operation == .lock)
      withExtendedLifetime(lock) {}
      lock = nil
      lock = try files.lockExclusively(path)
      withExtendedLifetime(lock) {}
    }
  }

  @Test func `shared locks are seen below a position until they go`() throws {
    try onBoth { files, root in
      let path = root + "/READERS"
      try files.writeSynced([], to: path)
      var first: (any FileLock)? = try files.lockShared(path, at: 5)
      let second = try files.lockShared(path, at: 5)
      let third = try files.lockShared(path, at: 1 << 40)
      #expect(try files.hasSharedLocks(path, below: 5) == false)
      #expect(try files.hasSharedLocks(path, below: 6))
      withExtendedLifetime(first) {}
      first = nil
      #expect(try files.hasSharedLocks(path, below: 6))
      withExtendedLifetime(second) {}
      #expect(try files.hasSharedLocks(path, below: 0) == false)
      #expect(try files.hasSharedLocks(path, below: 1 << 41))
      withExtendedLifetime(third) {}
    }
  }

  @Test func `folders of paths`() {
    #expect(folder(of: "a/b") == "a")
    #expect(folder(of: "/b") == "/")
    #expect(folder(of: "b") == ".")
  }
}
