import Glibc

/// A pipe between this process and a child, which hands neither end on by itself; both are closed
/// when this is released.
final class ProcessPipe {
  private(set) var reader: Int32
  private(set) var writer: Int32

  init(_ program: String) throws(FileFailure) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw FileFailure(code: errno, path: program, operation: .run)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reader = ends[0]
    writer = ends[1]
  }

  deinit {
    closeWriter()
    closeReader()
  }

  func closeWriter() {
    if writer >= 0 { close(writer) }
    writer = -1
  }

  func closeReader() {
    if reader >= 0 { close(reader) }
    reader = -1
  }
}
