import Glibc

/// What tells one version of a file from another, without reading it.
public struct FileStamp: Sendable, Hashable {
  public let device: UInt64
  public let inode: UInt64
  public let sizeBytes: Int64
  /// Nanoseconds of the last change since 1970.
  public let modifiedNanoseconds: Int64

  public init(device: UInt64, inode: UInt64, sizeBytes: Int64, modifiedNanoseconds: Int64) {
    self.device = device
    self.inode = inode
    self.sizeBytes = sizeBytes
    self.modifiedNanoseconds = modifiedNanoseconds
  }
}

extension FileSystem {
  /// No stamp: a file system that keeps none.
  public func stamp(of path: String) -> FileStamp? { nil }
}

extension LocalFileSystem {
  /// The stamp of what `path` names, links followed; nil where nothing can be said of it.
  public func stamp(of path: String) -> FileStamp? {
    var information = stat()
    guard stat(path, &information) == 0 else { return nil }
    return FileStamp(
      device: UInt64(information.st_dev),
      inode: UInt64(information.st_ino),
      sizeBytes: Int64(information.st_size),
      modifiedNanoseconds: Int64(information.st_mtim.tv_sec) &* 1_000_000_000
        &+ Int64(information.st_mtim.tv_nsec)
    )
  }
}
