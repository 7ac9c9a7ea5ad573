import Synchronization

/// A file system in memory, with failures on demand, for tests.
public final class SimulatedFileSystem: FileSystem {
  private struct Contents {
    var files: [String: [UInt8]] = [:]
    var openFailures: [String: FileFailure.Reason] = [:]
    var endFailures: [String: FileFailure.Reason] = [:]
    var writeFailures: [String: FileFailure.Reason] = [:]
  }

  private let contents: Mutex<Contents>
  private let longestRead: Int

  /// Makes a file system that holds `files` by path.
  ///
  /// - Parameter longestRead: the most bytes that one read hands out.
  public init(_ files: [String: [UInt8]] = [:], longestRead: Int = .max) {
    contents = Mutex(Contents(files: files))
    self.longestRead = longestRead
  }

  /// Makes a file system that holds UTF-8 texts by path.
  public convenience init(texts: [String: String], longestRead: Int = .max) {
    self.init(texts.mapValues { Array($0.utf8) }, longestRead: longestRead)
  }

  /// Lets each open of `path` fail.
  public func failOpening(_ path: String, _ reason: FileFailure.Reason) {
    contents.withLock { $0.openFailures[path] = reason }
  }

  /// Lets reads of `path` fail after its last byte.
  public func failAtEnd(of path: String, _ reason: FileFailure.Reason) {
    contents.withLock { $0.endFailures[path] = reason }
  }

  /// Lets each write of `path` fail; the old bytes stay.
  public func failWriting(_ path: String, _ reason: FileFailure.Reason) {
    contents.withLock { $0.writeFailures[path] = reason }
  }

  public func status(of path: String) throws(FileFailure) -> FileStatus {
    let held = contents.withLock { $0 }
    if let bytes = held.files[path] {
      return FileStatus(kind: .regular, sizeBytes: Int64(bytes.count))
    }
    if Self.hasFiles(held, below: path) { return FileStatus(kind: .directory, sizeBytes: 0) }
    throw FileFailure(.missing, path: path, operation: .inspect)
  }

  public func open(_ path: String) throws(FileFailure) -> any ByteSource {
    let held = contents.withLock { $0 }
    if let reason = held.openFailures[path] {
      throw FileFailure(reason, path: path, operation: .read)
    }
    guard let bytes = held.files[path] else {
      let reason: FileFailure.Reason =
        Self.hasFiles(held, below: path) ? .isDirectory : .missing
      throw FileFailure(reason, path: path, operation: .read)
    }
    let failure = held.endFailures[path].map { FileFailure($0, path: path, operation: .read) }
    return MemorySource(bytes, path: path, longestRead: longestRead, failure: failure)
  }

  public func list(_ path: String) throws(FileFailure) -> [String] {
    let held = contents.withLock { $0 }
    let prefix = path + "/"
    let names = held.files.keys.filter { $0.hasPrefix(prefix) }.map {
      String($0.dropFirst(prefix.count).prefix { $0 != "/" })
    }
    if names.isEmpty {
      let reason: FileFailure.Reason = held.files[path] == nil ? .missing : .notDirectory
      throw FileFailure(reason, path: path, operation: .list)
    }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    let reason = contents.withLock { held in
      let reason = held.writeFailures[path]
      if reason == nil { held.files[path] = bytes }
      return reason
    }
    if let reason { throw FileFailure(reason, path: path, operation: .write) }
  }

  private static func hasFiles(_ held: Contents, below path: String) -> Bool {
    let prefix = path + "/"
    return held.files.keys.contains { $0.hasPrefix(prefix) }
  }
}
