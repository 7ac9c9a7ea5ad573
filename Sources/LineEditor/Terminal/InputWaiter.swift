import Glibc

/// Waits for bytes of the terminal and for changes of its size.
struct InputWaiter {
  /// What has come.
  enum Arrival: Equatable {
    /// Bytes; none at the end of the input.
    case bytes([UInt8])
    /// The screen may have another size, or another program had it while the process was stopped.
    case wake(wasStopped: Bool)
    /// Nothing within the time.
    case nothing
  }

  let input: Int32
  private static let chunkBytes = 64 << 10

  /// Waits for at most a number of milliseconds; for ever where that is below zero.
  func wait(milliseconds: Int32) throws(EditorFailure) -> Arrival {
    var wanted = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: WakeSignals.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&wanted, nfds_t(wanted.count), milliseconds)
    if count == 0 { return .nothing }
    if count < 0 {
      // A signal for somebody else, whose work may have changed the screen.
      if errno == EINTR { return .wake(wasStopped: false) }
      throw .unreadable(code: errno)
    }
    if wanted[1].revents != 0 {
      return .wake(wasStopped: WakeSignals.drain())
    }
    return try read()
  }

  /// Waits without limit; no bytes at the end of the input.
  func readWhole() throws(EditorFailure) -> [UInt8] {
    while true {
      if case .bytes(let bytes) = try read() { return bytes }
      var wanted = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      _ = poll(&wanted, 1, -1)
    }
  }

  private func read() throws(EditorFailure) -> Arrival {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
      let received = Glibc.read(input, buffer.baseAddress, buffer.count)
      code = received < 0 ? errno : 0
      count = max(received, 0)
    }
    switch code {
    case 0: return .bytes(bytes)
    // The terminal is gone.
    case EIO: return .bytes([])
    case EINTR, EAGAIN: return .nothing
    default: throw .unreadable(code: code)
    }
  }
}
