import Glibc

/// Reads a file descriptor.
final class DescriptorSource: ByteSource {
  let path: String
  private let descriptor: Int32
  private let closesAtEnd: Bool

  init(_ descriptor: Int32, path: String, closesAtEnd: Bool) {
    self.descriptor = descriptor
    self.path = path
    self.closesAtEnd = closesAtEnd
  }

  deinit {
    if closesAtEnd { close(descriptor) }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    guard let start = buffer.baseAddress, !buffer.isEmpty else { return 0 }
    while true {
      let count = Glibc.read(descriptor, start, buffer.count)
      if count >= 0 { return count }
      let code = errno
      if code == EINTR { continue }
      if code == EAGAIN {
        waitUntilReady(descriptor, for: Int16(POLLIN))
        continue
      }
      throw FileFailure(code: code, path: path, operation: .read)
    }
  }
}

/// Waits until a non-blocking descriptor takes or has bytes.
func waitUntilReady(_ descriptor: Int32, for events: Int16) {
  var request = pollfd(fd: descriptor, events: events, revents: 0)
  _ = poll(&request, 1, -1)
}
