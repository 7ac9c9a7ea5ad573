import Glibc

/// Appends to a file descriptor without a buffer of its own.
final class DescriptorFile: DurableFile {
  private let descriptor: Int32
  private let path: String

  init(_ descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    guard let start = bytes.baseAddress else { return }
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, start + written, bytes.count - written)
      if count >= 0 {
        written += count
        continue
      }
      let code = errno
      if code != EINTR { throw FileFailure(code: code, path: path, operation: .write) }
    }
  }

  func sync() throws(FileFailure) {
    guard fsync(descriptor) == 0 else {
      throw FileFailure(code: errno, path: path, operation: .sync)
    }
  }
}
