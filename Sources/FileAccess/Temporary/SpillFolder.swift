import Glibc
import Synchronization

/// Temporary files in a folder of this machine.
///
/// A file loses its name as soon as it is open. What a process that was killed in that moment
/// left, an empty file, is removed when the folder is first used again.
public final class SpillFolder: TemporaryFiles {
  public let path: String
  private let isSwept = Mutex(false)
  private static let prefix = "harrier-"
  private static let suffix = ".spill"

  public init(_ path: String) { self.path = path }

  /// The folder that the environment names for temporary files, else one that is on disk mostly.
  public static var standard: SpillFolder {
    guard let named = getenv("TMPDIR"), named.pointee != 0 else { return SpillFolder("/var/tmp") }
    return SpillFolder(String(cString: named))
  }

  public func makeTemporaryFile() throws(FileFailure) -> any TemporaryFile {
    sweep()
    let number = SystemRandomness().nextUInt64()
    let name = "\(path)/\(Self.prefix)\(getpid())-\(number)\(Self.suffix)"
    let system = LocalFileSystem()
    try system.validate(path, .write)
    let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = try system.retrying(path, .write) { open(name, flags, 0o600) }
    unlink(name)
    return UnlinkedFile(descriptor, path: path)
  }

  /// Removes names that were left. One that another process just made is open there already, so
  /// that it loses nothing.
  private func sweep() {
    isSwept.withLock { isSwept in
      if isSwept { return }
      isSwept = true
      guard let names = try? LocalFileSystem().list(path) else { return }
      for name in names where name.hasPrefix(Self.prefix) && name.hasSuffix(Self.suffix) {
        unlink("\(path)/\(name)")
      }
    }
  }
}

/// A file that only its descriptor refers to.
private final class UnlinkedFile: TemporaryFile {
  private let descriptor: Int32
  private let path: String
  private let end = Mutex<Int64>(0)

  init(_ descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  func append(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) -> Int64 {
    let start = end.withLock { end in
      defer { end += Int64(bytes.count) }
      return end
    }
    var written = 0
    while written < bytes.count, let base = bytes.baseAddress {
      let position = Int(start) + written
      let count = pwrite(descriptor, base + written, bytes.count - written, position)
      if count >= 0 {
        written += count
        continue
      }
      let code = errno
      if code != EINTR { throw FileFailure(code: code, path: path, operation: .write) }
    }
    return start
  }

  func read(at position: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) {
    var filled = 0
    while filled < buffer.count, let base = buffer.baseAddress {
      let place = Int(position) + filled
      let count = pread(descriptor, base + filled, buffer.count - filled, place)
      if count > 0 {
        filled += count
        continue
      }
      // Nothing is left of a file that holds these bytes only where somebody cut it.
      let code = count == 0 ? EIO : errno
      if code != EINTR { throw FileFailure(code: code, path: path, operation: .read) }
    }
  }
}
