import Glibc

/// Who owns a file, and whether everybody may write to it.
public struct FileOwnership: Sendable, Equatable {
  public let userID: UInt32
  public let isWritableByAll: Bool

  public init(userID: UInt32, isWritableByAll: Bool) {
    self.userID = userID
    self.isWritableByAll = isWritableByAll
  }
}

/// The bytes of a file with the owner of the very file that they were read from.
public struct OwnedBytes: Sendable {
  public let bytes: [UInt8]
  /// nil where the file system knows no owners.
  public let ownership: FileOwnership?

  public init(_ bytes: [UInt8], _ ownership: FileOwnership?) {
    self.bytes = bytes
    self.ownership = ownership
  }
}

extension FileSystem {
  /// No owner: a file system that knows none.
  public func ownership(of path: String) -> FileOwnership? { nil }

  public func readOwned(_ path: String, limitBytes: Int) throws(FileFailure) -> OwnedBytes {
    OwnedBytes(try open(path).readAll(limitBytes: limitBytes), ownership(of: path))
  }
}

extension LocalFileSystem {
  public func ownership(of path: String) -> FileOwnership? {
    var information = stat()
    return stat(path, &information) == 0 ? Self.ownership(information) : nil
  }

  public func readOwned(_ path: String, limitBytes: Int) throws(FileFailure) -> OwnedBytes {
    try validate(path, .read)
    let descriptor = try retrying(path, .read) {
      // A pipe that nobody writes to must not hold this up.
      Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
    let source = DescriptorSource(descriptor, path: path, closesAtEnd: true)
    var information = stat()
    guard fstat(descriptor, &information) == 0 else {
      throw FileFailure(code: errno, path: path, operation: .read)
    }
    guard Self.status(information).kind == .regular else {
      throw FileFailure(.notRegular, path: path, operation: .read)
    }
    return OwnedBytes(try source.readAll(limitBytes: limitBytes), Self.ownership(information))
  }

  private static func ownership(_ information: stat) -> FileOwnership {
    FileOwnership(
      userID: information.st_uid,
      isWritableByAll: information.st_mode & S_IWOTH != 0
    )
  }
}
