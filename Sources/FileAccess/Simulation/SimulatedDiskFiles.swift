extension SimulatedDisk {
  public func status(of path: String) throws(FileFailure) -> FileStatus {
    try perform(path, .inspect) { contents throws(FileFailure) in
      switch contents.disk.names[path] {
      case .folder: FileStatus(kind: .directory, sizeBytes: 0)
      case .file(let number):
        FileStatus(
          kind: .regular,
          sizeBytes: Int64(contents.disk.files[number]?.bytes.count ?? 0)
        )
      case nil: throw FileFailure(.missing, path: path, operation: .inspect)
      }
    }
  }

  public func open(_ path: String) throws(FileFailure) -> any ByteSource {
    MemorySource(try readBytes(path, .read), path: path)
  }

  public func map(_ path: String) throws(FileFailure) -> MappedFile {
    MappedFile(copying: try readBytes(path, .map), path: path)
  }

  public func list(_ path: String) throws(FileFailure) -> [String] {
    try perform(path, .list) { contents throws(FileFailure) in
      switch contents.disk.names[path] {
      case .folder: break
      case .file: throw FileFailure(.notDirectory, path: path, operation: .list)
      case nil: throw FileFailure(.missing, path: path, operation: .list)
      }
      return contents.disk.children(of: path)
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  public func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    let temporary = path + ".partial"
    try writeSynced([bytes], to: temporary)
    try rename(temporary, to: path)
    try syncFolder(folder(of: path))
  }

  public func makeFolder(_ path: String) throws(FileFailure) {
    try perform(path, .write) { contents throws(FileFailure) in
      switch contents.disk.names[path] {
      case .folder: return
      case .file: throw FileFailure(.exists, path: path, operation: .write)
      case nil: try Self.checkFolder(of: path, contents, .write)
      }
      contents.disk.change(.add(path, .folder))
    }
  }

  public func create(_ path: String) throws(FileFailure) -> any DurableFile {
    let (number, life) = try perform(path, .write) { contents throws(FileFailure) in
      if contents.disk.names[path] != nil {
        throw FileFailure(.exists, path: path, operation: .write)
      }
      try Self.checkFolder(of: path, contents, .write)
      return (contents.disk.makeFile(path), contents.life)
    }
    return SimulatedDiskFile(disk: self, number: number, life: life, path: path)
  }

  public func openForAppending(_ path: String) throws(FileFailure) -> any DurableFile {
    let (number, life) = try perform(path, .write) { contents throws(FileFailure) in
      switch contents.disk.names[path] {
      case .folder: throw FileFailure(.isDirectory, path: path, operation: .write)
      case .file(let number): return (number, contents.life)
      case nil: try Self.checkFolder(of: path, contents, .write)
      }
      return (contents.disk.makeFile(path), contents.life)
    }
    return SimulatedDiskFile(disk: self, number: number, life: life, path: path)
  }

  public func rename(_ path: String, to newPath: String) throws(FileFailure) {
    try perform(path, .rename) { contents throws(FileFailure) in
      guard let entry = contents.disk.names[path] else {
        throw FileFailure(.missing, path: path, operation: .rename)
      }
      try Self.checkFolder(of: newPath, contents, .rename)
      if contents.disk.isFolder(newPath) {
        throw FileFailure(.exists, path: newPath, operation: .rename)
      }
      contents.disk.change(.rename(path, to: newPath, entry))
    }
  }

  public func link(_ path: String, to newPath: String) throws(FileFailure) {
    try perform(newPath, .write) { contents throws(FileFailure) in
      guard let entry = contents.disk.names[path], entry != .folder else {
        throw FileFailure(.missing, path: path, operation: .write)
      }
      if contents.disk.names[newPath] != nil {
        throw FileFailure(.exists, path: newPath, operation: .write)
      }
      try Self.checkFolder(of: newPath, contents, .write)
      contents.disk.change(.add(newPath, entry))
    }
  }

  public func remove(_ path: String) throws(FileFailure) {
    try perform(path, .remove) { contents throws(FileFailure) in
      switch contents.disk.names[path] {
      case .file: contents.disk.change(.remove(path))
      case .folder: throw FileFailure(.isDirectory, path: path, operation: .remove)
      case nil: throw FileFailure(.missing, path: path, operation: .remove)
      }
    }
  }

  public func removeFolder(_ path: String) throws(FileFailure) {
    try perform(path, .remove) { contents throws(FileFailure) in
      guard contents.disk.isFolder(path) else {
        throw FileFailure(.missing, path: path, operation: .remove)
      }
      if !contents.disk.children(of: path).isEmpty {
        throw FileFailure(.notEmpty, path: path, operation: .remove)
      }
      contents.disk.change(.remove(path))
    }
  }

  public func syncFolder(_ path: String) throws(FileFailure) {
    try perform(path, .sync) { contents throws(FileFailure) in
      guard contents.disk.isFolder(path) else {
        throw FileFailure(.missing, path: path, operation: .sync)
      }
      contents.disk.syncFolder(path)
    }
  }

  private func readBytes(
    _ path: String,
    _ operation: FileFailure.Operation
  ) throws(FileFailure) -> [UInt8] {
    try perform(path, operation) { contents throws(FileFailure) in
      switch contents.disk.names[path] {
      case .folder: throw FileFailure(.isDirectory, path: path, operation: operation)
      case .file(let number): return contents.disk.files[number]?.bytes ?? []
      case nil: throw FileFailure(.missing, path: path, operation: operation)
      }
    }
  }

  private static func checkFolder(
    of path: String,
    _ contents: Contents,
    _ operation: FileFailure.Operation
  ) throws(FileFailure) {
    if !contents.disk.isFolder(folder(of: path)) {
      throw FileFailure(.missing, path: path, operation: operation)
    }
  }
}

/// An open file of a simulated disk.
private final class SimulatedDiskFile: DurableFile {
  private let disk: SimulatedDisk
  private let number: Int
  private let life: Int
  private let path: String

  init(disk: SimulatedDisk, number: Int, life: Int, path: String) {
    self.disk = disk
    self.number = number
    self.life = life
    self.path = path
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    let half = bytes.count / 2
    try disk.perform(path, .write) { contents in
      self.append(bytes[..<half], to: &contents)
    } _: { contents throws(FileFailure) in
      try self.check(contents, .write)
      self.append(bytes[...], to: &contents)
    }
  }

  func sync() throws(FileFailure) {
    try disk.perform(path, .sync) { contents in
      contents.disk.dropUnsynced(self.number)
    } _: { contents throws(FileFailure) in
      try self.check(contents, .sync)
      contents.disk.syncFile(self.number)
    }
  }

  private func append(
    _ bytes: Slice<UnsafeRawBufferPointer>,
    to contents: inout SimulatedDisk.Contents
  ) {
    contents.disk.files[number]?.bytes.append(contentsOf: bytes)
    let end = contents.disk.files[number]?.bytes.count ?? 0
    contents.disk.files[number]?.writeEnds.append(end)
  }

  /// A file that was opened before the last restart belongs to a process that is gone.
  private func check(
    _ contents: SimulatedDisk.Contents,
    _ operation: FileFailure.Operation
  ) throws(FileFailure) {
    if contents.life != life { throw FileFailure(.io(code: 9), path: path, operation: operation) }
  }
}
