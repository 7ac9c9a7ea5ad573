import Glibc

extension LocalFileSystem: DurableFileSystem {
  public func makeFolder(_ path: String) throws(FileFailure) {
    try validate(path, .write)
    if mkdir(path, 0o755) == 0 { return }
    let code = errno
    if code == EEXIST, try status(of: path).kind == .directory { return }
    throw FileFailure(code: code, path: path, operation: .write)
  }

  public func create(_ path: String) throws(FileFailure) -> any DurableFile {
    try validate(path, .write)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = try retrying(path, .write) { Glibc.open(path, flags, 0o644) }
    return DescriptorFile(descriptor, path: path)
  }

  public func openForAppending(_ path: String) throws(FileFailure) -> any DurableFile {
    try validate(path, .write)
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
    let descriptor = try retrying(path, .write) { Glibc.open(path, flags, 0o644) }
    return DescriptorFile(descriptor, path: path)
  }

  public func rename(_ path: String, to newPath: String) throws(FileFailure) {
    try validate(path, .rename)
    try validate(newPath, .rename)
    try check(Glibc.rename(path, newPath), path, .rename)
  }

  public func link(_ path: String, to newPath: String) throws(FileFailure) {
    try validate(path, .write)
    try validate(newPath, .write)
    try check(Glibc.link(path, newPath), newPath, .write)
  }

  public func remove(_ path: String) throws(FileFailure) {
    try validate(path, .remove)
    try check(unlink(path), path, .remove)
  }

  public func removeFolder(_ path: String) throws(FileFailure) {
    try validate(path, .remove)
    try check(rmdir(path), path, .remove)
  }

  public func syncFolder(_ path: String) throws(FileFailure) {
    try validate(path, .sync)
    let descriptor = try retrying(path, .sync) {
      Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    defer { close(descriptor) }
    try check(fsync(descriptor), path, .sync)
  }

  public func map(_ path: String) throws(FileFailure) -> MappedFile {
    try validate(path, .map)
    let descriptor = try retrying(path, .map) { Glibc.open(path, O_RDONLY | O_CLOEXEC) }
    defer { close(descriptor) }
    var information = stat()
    try check(fstat(descriptor, &information), path, .map)
    let status = Self.status(information)
    if status.kind != .regular {
      let reason: FileFailure.Reason = status.kind == .directory ? .isDirectory : .invalidPath
      throw FileFailure(reason, path: path, operation: .map)
    }
    return try MappedFile(descriptor: descriptor, byteCount: Int(status.sizeBytes), path: path)
  }

  private func check(
    _ result: Int32,
    _ path: String,
    _ operation: FileFailure.Operation
  ) throws(FileFailure) {
    if result != 0 { throw FileFailure(code: errno, path: path, operation: operation) }
  }
}
