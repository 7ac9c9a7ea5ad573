import Glibc

/// Reads several pipes at a time, so that a child that fills one of them does not wait for ever.
struct PipeCollector {
  private let program: String
  private let limitBytes: Int
  /// nil for no limit.
  private let end: UInt64?

  init(_ program: String, _ limitBytes: Int, timeoutSeconds: Double? = nil) {
    self.program = program
    self.limitBytes = limitBytes
    end = timeoutSeconds.map {
      SystemClock().monotonicNanoseconds + UInt64(max(0, min($0, 86_400)) * 1_000_000_000)
    }
  }

  /// All that the pipes bring, in their order, while another pipe is fed.
  func collect(
    _ pipes: [ProcessPipe],
    feeding food: (pipe: ProcessPipe, bytes: [UInt8])? = nil
  ) throws(FileFailure) -> [[UInt8]] {
    var collected = [[UInt8]](repeating: [], count: pipes.count)
    var requests = pipes.map { pollfd(fd: $0.reader, events: Int16(POLLIN), revents: 0) }
    var feeder = food.map { PipeFeeder($0.pipe, $0.bytes) }
    requests.append(pollfd(fd: feeder?.descriptor ?? -1, events: Int16(POLLOUT), revents: 0))
    while requests.dropLast().contains(where: { $0.fd >= 0 }) {
      if poll(&requests, nfds_t(requests.count), try milliseconds()) < 0 {
        if errno == EINTR { continue }
        throw FileFailure(code: errno, path: program, operation: .read)
      }
      if requests[pipes.count].revents != 0 {
        feeder?.feed()
        requests[pipes.count].fd = feeder?.descriptor ?? -1
      }
      for index in pipes.indices where requests[index].fd >= 0 && requests[index].revents != 0 {
        let bytes = try read(requests[index].fd)
        if bytes.isEmpty { requests[index].fd = -1 }
        if bytes.count > limitBytes - collected[index].count {
          let reason = FileFailure.Reason.tooLarge(limitBytes: limitBytes)
          throw FileFailure(reason, path: program, operation: .read)
        }
        collected[index] += bytes
      }
    }
    return collected
  }

  /// How long may be waited; -1 for ever.
  func milliseconds() throws(FileFailure) -> Int32 {
    guard let end else { return -1 }
    let now = SystemClock().monotonicNanoseconds
    if now >= end { throw FileFailure(.timedOut, path: program, operation: .run) }
    return Int32(min((end - now) / 1_000_000 + 1, 60_000))
  }

  /// What is there now; nothing at the end.
  private func read(_ descriptor: Int32) throws(FileFailure) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 { return Array(buffer.prefix(count)) }
      let code = errno
      if code != EINTR { throw FileFailure(code: code, path: program, operation: .read) }
    }
  }
}

/// Writes to a pipe as much as it takes, and closes it at the end.
private struct PipeFeeder {
  private let pipe: ProcessPipe
  private var left: ArraySlice<UInt8>

  init(_ pipe: ProcessPipe, _ bytes: [UInt8]) {
    self.pipe = pipe
    left = bytes[...]
    _ = fcntl(pipe.writer, F_SETFL, O_NONBLOCK)
    if bytes.isEmpty { pipe.closeWriter() }
  }

  /// -1 where all is written.
  var descriptor: Int32 { pipe.writer }

  /// Writes some; a program that reads no more gets no more.
  mutating func feed() {
    let count = left.withUnsafeBytes { write(pipe.writer, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno != EAGAIN, errno != EINTR { pipe.closeWriter() }
      return
    }
    left = left.dropFirst(count)
    if left.isEmpty { pipe.closeWriter() }
  }
}
