import Glibc

/// Runs another program to its end and keeps what it writes.
///
/// The program is found by `PATH`, gets its arguments as they are (no shell), the environment of
/// this process and an empty standard input.
public struct ChildProcess: Sendable {
  /// What came of a program.
  public struct Outcome: Sendable, Equatable {
    /// What it exited with; 128 and the signal where one ended it.
    public let code: Int32
    public let output: [UInt8]
    /// What it wrote to standard error.
    public let errors: [UInt8]
  }

  private let program: String
  private let arguments: [String]
  private let limitBytes: Int

  /// Makes a run that is not started yet.
  ///
  /// - Parameter limitBytes: the most bytes that each of its outputs may have.
  public init(_ program: String, _ arguments: [String], limitBytes: Int = 64 << 20) {
    self.program = program
    self.arguments = arguments
    self.limitBytes = limitBytes
  }

  /// Starts the program and waits for its end.
  ///
  /// Throws `.missing` where there is no such program and `.tooLarge` where it writes too much.
  public func run() throws(FileFailure) -> Outcome {
    let words = [program] + arguments
    if words.contains(where: { $0.utf8.contains(0) }) { throw failure(.invalidPath) }
    let output = try ProcessPipe(program)
    let errors = try ProcessPipe(program)
    let child = try spawn(words, output, errors)
    output.closeWriter()
    errors.closeWriter()
    do throws(FileFailure) {
      let collected = try PipeCollector(program, limitBytes).collect([output, errors])
      let code = try wait(for: child)
      return Outcome(code: code, output: collected[0], errors: collected[1])
    } catch {
      kill(child, SIGKILL)
      _ = try? wait(for: child)
      throw error
    }
  }

  private func spawn(
    _ words: [String],
    _ output: ProcessPipe,
    _ errors: ProcessPipe
  ) throws(FileFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writer, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.writer, STDERR_FILENO)
    var argumentTexts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environmentTexts: [UnsafeMutablePointer<CChar>?] =
      try Self.environment().map { strdup($0) } + [nil]
    defer { for text in argumentTexts + environmentTexts { free(text) } }
    var child = pid_t()
    let code = posix_spawnp(
      &child,
      program,
      &actions,
      nil,
      &argumentTexts,
      &environmentTexts
    )
    if code != 0 { throw FileFailure(code: code, path: program, operation: .run) }
    return child
  }

  /// The environment that this process was started with.
  private static func environment() throws(FileFailure) -> [String] {
    let bytes = try LocalFileSystem().open("/proc/self/environ").readAll(limitBytes: 16 << 20)
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private func wait(for child: pid_t) throws(FileFailure) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      let code = errno
      if code != EINTR { throw FileFailure(code: code, path: program, operation: .run) }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  private func failure(_ reason: FileFailure.Reason) -> FileFailure {
    FileFailure(reason, path: program, operation: .run)
  }
}

/// A pipe from a child; both ends are closed when this is released.
private final class ProcessPipe {
  let reader: Int32
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
    close(reader)
  }

  func closeWriter() {
    if writer >= 0 { close(writer) }
    writer = -1
  }
}

/// Reads several pipes at a time, so that a child that fills one of them does not wait for ever.
private struct PipeCollector {
  private let program: String
  private let limitBytes: Int

  init(_ program: String, _ limitBytes: Int) {
    self.program = program
    self.limitBytes = limitBytes
  }

  /// All that the pipes bring, in their order.
  func collect(_ pipes: [ProcessPipe]) throws(FileFailure) -> [[UInt8]] {
    var collected = [[UInt8]](repeating: [], count: pipes.count)
    var requests = pipes.map { pollfd(fd: $0.reader, events: Int16(POLLIN), revents: 0) }
    while requests.contains(where: { $0.fd >= 0 }) {
      if poll(&requests, nfds_t(requests.count), -1) < 0 {
        if errno == EINTR { continue }
        throw FileFailure(code: errno, path: program, operation: .read)
      }
      for index in requests.indices where requests[index].fd >= 0 && requests[index].revents != 0 {
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
