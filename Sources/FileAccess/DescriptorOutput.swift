import Glibc

/// Writes to a file descriptor through a buffer of 64 KiB.
///
/// Interrupted and short writes go on. A pipe whose reader has gone gives `.brokenPipe` once the
/// process ignores SIGPIPE (`Terminal.ignoreBrokenPipes()`); the command then ends quietly.
public final class DescriptorOutput: ByteOutput {
  private static let capacity = 64 * 1024

  private let descriptor: Int32
  private let path: String
  private var waiting: [UInt8] = []

  init(_ descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    waiting.reserveCapacity(Self.capacity)
  }

  /// Makes an output to standard output.
  public static func standardOutput() -> DescriptorOutput {
    DescriptorOutput(STDOUT_FILENO, path: "-")
  }

  /// Makes an output to standard error.
  public static func standardError() -> DescriptorOutput {
    DescriptorOutput(STDERR_FILENO, path: "standard error")
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    if waiting.count + bytes.count > Self.capacity { try flush() }
    if bytes.count >= Self.capacity {
      try writeNow(bytes)
    } else {
      waiting.append(contentsOf: bytes)
    }
  }

  public func flush() throws(FileFailure) {
    if waiting.isEmpty { return }
    var failure: FileFailure?
    waiting.withUnsafeBytes { bytes in
      do throws(FileFailure) { try writeNow(bytes) } catch { failure = error }
    }
    waiting.removeAll(keepingCapacity: true)
    if let failure { throw failure }
  }

  private func writeNow(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    guard let start = bytes.baseAddress else { return }
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, start + written, bytes.count - written)
      if count >= 0 {
        written += count
        continue
      }
      let code = errno
      if code == EINTR { continue }
      if code == EAGAIN {
        waitUntilReady(descriptor, for: Int16(POLLOUT))
        continue
      }
      throw FileFailure(code: code, path: path, operation: .write)
    }
  }
}
