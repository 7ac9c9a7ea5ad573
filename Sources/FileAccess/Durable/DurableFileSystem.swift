/// A file that is being written from its end on; closed when it is released.
public protocol DurableFile: AnyObject {
  /// Appends bytes; they may be lost in a crash until `sync`.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure)

  /// Makes what was written last through a power loss.
  ///
  /// A failure is final: the system may have dropped the bytes, and a second call that succeeds
  /// would say nothing. Callers stop writing and never retry.
  func sync() throws(FileFailure)
}

extension DurableFile {
  /// Appends the bytes of an array.
  public func write(_ bytes: [UInt8]) throws(FileFailure) {
    var failure: FileFailure?
    bytes.withUnsafeBytes { buffer in
      do throws(FileFailure) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

/// A lock on a file; it ends when this is released or the process ends.
public protocol FileLock: AnyObject, Sendable {}

/// The door to a disk whose files must outlast a crash: primitive steps, each of which may be the
/// last before the power goes.
///
/// Names made, renamed or removed last through a crash only after `syncFolder` of their folder;
/// bytes written only after `sync` of their file. `LocalFileSystem` is the real one,
/// `SimulatedDisk` its twin for tests of crashes and faults.
public protocol DurableFileSystem: FileSystem {
  /// Makes a folder in a folder that exists; one that is there already is fine.
  func makeFolder(_ path: String) throws(FileFailure)

  /// Makes a new empty file; one of that name is an error.
  func create(_ path: String) throws(FileFailure) -> any DurableFile

  /// Opens a file for appending; it is made if it is missing.
  func openForAppending(_ path: String) throws(FileFailure) -> any DurableFile

  /// Gives a file or folder another name on the same device; a file of that name is replaced.
  func rename(_ path: String, to newPath: String) throws(FileFailure)

  /// Gives a file a second name on the same device; one of that name is an error.
  func link(_ path: String, to newPath: String) throws(FileFailure)

  /// Removes a file.
  func remove(_ path: String) throws(FileFailure)

  /// Removes an empty folder.
  func removeFolder(_ path: String) throws(FileFailure)

  /// Makes the names in a folder last through a power loss; a failure is final, as for files.
  func syncFolder(_ path: String) throws(FileFailure)

  /// Takes the one exclusive lock of a file, which is made if it is missing, and notes in it who
  /// this process is; fails at once with `.locked` while another has it.
  func lockExclusively(_ path: String) throws(FileFailure) -> any FileLock

  /// Takes a shared lock on one position of a file that exists; many may share it.
  func lockShared(_ path: String, at position: Int64) throws(FileFailure) -> any FileLock

  /// Whether anybody, this process included, has a shared lock of `path` below `position`.
  func hasSharedLocks(_ path: String, below position: Int64) throws(FileFailure) -> Bool

  /// Maps a whole file for reading.
  func map(_ path: String) throws(FileFailure) -> MappedFile
}

extension DurableFileSystem {
  /// Whether `path` names anything.
  public func exists(_ path: String) throws(FileFailure) -> Bool {
    do throws(FileFailure) {
      _ = try status(of: path)
      return true
    } catch {
      if error.reason == .missing { return false }
      throw error
    }
  }

  /// Makes a folder and those above it that are missing, and lets them last.
  public func makeFoldersDurably(_ path: String) throws(FileFailure) {
    if try exists(path) { return }
    let parent = folder(of: path)
    try makeFoldersDurably(parent)
    try makeFolder(path)
    try syncFolder(parent)
  }

  /// Makes a file of chunks of bytes and syncs it; its name is not yet synced.
  public func writeSynced(_ chunks: [[UInt8]], to path: String) throws(FileFailure) {
    let file = try create(path)
    for chunk in chunks { try file.write(chunk) }
    try file.sync()
  }

  /// Copies a file to a new one and syncs it; its name is not yet synced.
  public func copySynced(_ path: String, to newPath: String) throws(FileFailure) {
    let source = try open(path)
    let file = try create(newPath)
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var failure: FileFailure?
    buffer.withUnsafeMutableBytes { bytes in
      do throws(FileFailure) {
        while case let count = try source.read(into: bytes), count > 0 {
          try file.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    try file.sync()
  }
}

/// The folder that holds what `path` names.
public func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
