import Glibc

/// The file system of this machine.
public struct LocalFileSystem: FileSystem {
  public init() {}

  public func status(of path: String) throws(FileFailure) -> FileStatus {
    if path == "-" { return FileStatus(kind: .stream, sizeBytes: 0) }
    try validate(path, .inspect)
    var information = stat()
    guard stat(path, &information) == 0 else {
      throw FileFailure(code: errno, path: path, operation: .inspect)
    }
    return Self.status(information)
  }

  public func open(_ path: String) throws(FileFailure) -> any ByteSource {
    if path == "-" { return DescriptorSource(STDIN_FILENO, path: path, closesAtEnd: false) }
    try validate(path, .read)
    let descriptor = try retrying(path, .read) { Glibc.open(path, O_RDONLY | O_CLOEXEC) }
    let source = DescriptorSource(descriptor, path: path, closesAtEnd: true)
    var information = stat()
    guard fstat(descriptor, &information) == 0 else {
      throw FileFailure(code: errno, path: path, operation: .read)
    }
    if Self.status(information).kind == .directory {
      throw FileFailure(.isDirectory, path: path, operation: .read)
    }
    return source
  }

  public func list(_ path: String) throws(FileFailure) -> [String] {
    try validate(path, .list)
    guard let directory = opendir(path) else {
      throw FileFailure(code: errno, path: path, operation: .list)
    }
    defer { closedir(directory) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw FileFailure(code: errno, path: path, operation: .list) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    try validate(path, .write)
    let temporary = "\(path).\(getpid()).\(SystemRandomness().nextUInt64()).partial"
    do throws(FileFailure) {
      try writeDurably(bytes, to: temporary, named: path)
      guard Glibc.rename(temporary, path) == 0 else {
        throw FileFailure(code: errno, path: path, operation: .write)
      }
      try syncFolder(folder(of: path))
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes and syncs a new file; messages name `path`, which it will become.
  private func writeDurably(
    _ bytes: [UInt8],
    to temporary: String,
    named path: String
  ) throws(FileFailure) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = try retrying(path, .write) { Glibc.open(temporary, flags, 0o644) }
    defer { close(descriptor) }
    let output = DescriptorOutput(descriptor, path: path)
    try output.write(bytes)
    try output.flush()
    guard fsync(descriptor) == 0 else {
      throw FileFailure(code: errno, path: path, operation: .sync)
    }
  }

  func validate(
    _ path: String,
    _ operation: FileFailure.Operation
  ) throws(FileFailure) {
    if path.isEmpty || path.utf8.contains(0) {
      throw FileFailure(.invalidPath, path: path, operation: operation)
    }
  }

  /// Runs a system call again while a signal interrupts it.
  func retrying(
    _ path: String,
    _ operation: FileFailure.Operation,
    _ call: () -> Int32
  ) throws(FileFailure) -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      let code = errno
      if code != EINTR { throw FileFailure(code: code, path: path, operation: operation) }
    }
  }

  static func status(_ information: stat) -> FileStatus {
    switch information.st_mode & S_IFMT {
    case S_IFREG: FileStatus(kind: .regular, sizeBytes: Int64(information.st_size))
    case S_IFDIR: FileStatus(kind: .directory, sizeBytes: 0)
    default: FileStatus(kind: .stream, sizeBytes: 0)
    }
  }
}
