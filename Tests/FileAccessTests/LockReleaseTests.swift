import Glibc
import HarrierTesting
import Testing

@testable import FileAccess

/// A lock ends with its holder, whoever else has the open file.
@Suite("Release of locks") struct LockReleaseTests {
  private let folder: TemporaryFolder
  private let files = LocalFileSystem()

  init() throws { folder = try TemporaryFolder() }

  /// The descriptor of a lock, as a child process that is being started has it.
  private func inherited(_ lock: any FileLock) throws -> Int32 {
    let copy = dup(try #require(lock as? DescriptorLock).descriptor)
    #expect(copy >= 0)
    return copy
  }

  @Test("The lock of a writer") func exclusive() throws {
    let path = folder.path + "/LOCK"
    var lock: (any FileLock)? = try files.lockExclusively(path)
    let copy = try inherited(#require(lock))
    defer { close(copy) }
    #expect(throws: FileFailure.self) { _ = try files.lockExclusively(path) }
    lock = nil
    _ = try files.lockExclusively(path)
  }

  @Test("The lock of a reader") func shared() throws {
    let path = folder.path + "/READERS"
    _ = try files.openForAppending(path)
    var lock: (any FileLock)? = try files.lockShared(path, at: 5)
    let copy = try inherited(#require(lock))
    defer { close(copy) }
    #expect(try files.hasSharedLocks(path, below: 6))
    lock = nil
    #expect(try !files.hasSharedLocks(path, below: 6))
  }
}
