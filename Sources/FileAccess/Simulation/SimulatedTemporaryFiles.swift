import Synchronization

/// Temporary files in memory, for tests: space may run out.
public final class SimulatedTemporaryFiles: TemporaryFiles {
  public let path = "simulated"
  private let limitBytes: Int
  private let written = Atomic<Int>(0)
  private let made = Atomic<Int>(0)

  /// - Parameter limitBytes: writes beyond this fail as on a full disk.
  public init(limitBytes: Int = .max) { self.limitBytes = limitBytes }

  /// Bytes of all files so far.
  public var writtenBytes: Int { written.load(ordering: .relaxed) }

  /// Files so far.
  public var fileCount: Int { made.load(ordering: .relaxed) }

  public func makeTemporaryFile() -> any TemporaryFile {
    made.add(1, ordering: .relaxed)
    return MemoryFile(self)
  }

  fileprivate func take(_ bytes: Int) throws(FileFailure) {
    if written.add(bytes, ordering: .relaxed).newValue > limitBytes {
      throw FileFailure(.noSpace, path: path, operation: .write)
    }
  }
}

/// The bytes of one file.
private final class MemoryFile: TemporaryFile {
  private let disk: SimulatedTemporaryFiles
  private let contents = Mutex<[UInt8]>([])

  init(_ disk: SimulatedTemporaryFiles) { self.disk = disk }

  func append(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) -> Int64 {
    try disk.take(bytes.count)
    let added = Array(bytes)
    return contents.withLock { contents in
      defer { contents += added }
      return Int64(contents.count)
    }
  }

  func read(at position: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) {
    let start = Int(position)
    let count = buffer.count
    let part = contents.withLock { contents -> [UInt8]? in
      start + count <= contents.count ? Array(contents[start..<start + count]) : nil
    }
    guard let part else { throw FileFailure(.io(code: 5), path: disk.path, operation: .read) }
    buffer.copyBytes(from: part)
  }
}
