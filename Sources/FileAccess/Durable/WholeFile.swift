extension DurableFileSystem {
  /// Makes or replaces a file by what `body` writes: it appears when it is complete and on disk, or
  /// not at all.
  ///
  /// Until then it is called `path` and `.partial`; where that is there already, somebody writes it
  /// or was interrupted, and the call fails.
  public func replaceWhole<Value>(
    _ path: String,
    _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Value
  ) throws -> Value {
    let partial = path + ".partial"
    let file = try create(partial)
    do {
      var waiting: [UInt8] = []
      let value = try body { bytes in
        waiting.append(contentsOf: bytes)
        if waiting.count >= 1 << 16 {
          try file.write(waiting)
          waiting.removeAll(keepingCapacity: true)
        }
      }
      try file.write(waiting)
      try file.sync()
      try rename(partial, to: path)
      try syncFolder(folder(of: path))
      return value
    } catch {
      try? remove(partial)
      throw error
    }
  }
}
