/// What kind of thing a path names.
public enum FileKind: Sendable, Equatable {
  case regular
  case directory
  /// A pipe, socket or device: it has no size and can be read once.
  case stream
}

/// What is known of a file without reading it.
public struct FileStatus: Sendable, Equatable {
  public let kind: FileKind
  /// Bytes on disk; zero for streams and directories.
  public let sizeBytes: Int64

  public init(kind: FileKind, sizeBytes: Int64) {
    self.kind = kind
    self.sizeBytes = sizeBytes
  }
}

/// The door to files: no other code opens one.
///
/// `LocalFileSystem` is the real one, `SimulatedFileSystem` its twin for tests.
/// The path `-` is standard input; a file of that name is `./-`.
public protocol FileSystem: Sendable {
  /// Tells the kind and size of what `path` names; links are followed.
  func status(of path: String) throws(FileFailure) -> FileStatus

  /// What tells this version of a file from others; nil where it is not known.
  func stamp(of path: String) -> FileStamp?

  /// Who owns what `path` names, links followed; nil where it is not known.
  func ownership(of path: String) -> FileOwnership?

  /// Reads a regular file, with the owner of what was read; more than `limitBytes` is an error.
  func readOwned(_ path: String, limitBytes: Int) throws(FileFailure) -> OwnedBytes

  /// Opens a file or stream for reading its bytes as they are.
  func open(_ path: String) throws(FileFailure) -> any ByteSource

  /// Lists the names in a folder, sorted by their bytes, without `.` and `..`.
  func list(_ path: String) throws(FileFailure) -> [String]

  /// Replaces or makes a file so that a reader sees the old bytes or all the new ones.
  func write(_ bytes: [UInt8], to path: String) throws(FileFailure)
}

extension FileSystem {
  /// Opens a file or stream and expands it if its bytes start as gzip does.
  public func openExpanded(_ path: String) throws(FileFailure) -> any ByteSource {
    try expanding(try open(path))
  }

  /// Reads a whole file, expanded if it is gzip; more than `limitBytes` is an error.
  public func readAll(_ path: String, limitBytes: Int) throws(FileFailure) -> [UInt8] {
    try openExpanded(path).readAll(limitBytes: limitBytes)
  }
}

/// Expands `source` if its first bytes say that it is gzip, else hands its bytes out unchanged.
public func expanding(_ source: any ByteSource) throws(FileFailure) -> any ByteSource {
  var first: (UInt8, UInt8) = (0, 0)
  var failure: FileFailure?
  let count = withUnsafeMutableBytes(of: &first) { buffer in
    do throws(FileFailure) {
      return try source.fill(buffer)
    } catch {
      failure = error
      return 0
    }
  }
  if let failure { throw failure }
  let start = Array([first.0, first.1].prefix(count))
  if count == 2, first == GzipSource.magic { return try GzipSource(source, start: start) }
  return PrefixedSource(start, then: source)
}
