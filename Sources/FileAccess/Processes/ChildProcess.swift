import Glibc

/// Runs another program to its end and keeps what it writes; or starts one that is written to
/// (`FedProcess`).
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

  let program: String
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
    let output = try ProcessPipe(program)
    let errors = try ProcessPipe(program)
    let child = try spawn(
      streams: [(output.writer, STDOUT_FILENO), (errors.writer, STDERR_FILENO)],
      readsNothing: true
    )
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

  /// Starts the program with standard streams that are other descriptors; those left out stay this
  /// process's own.
  func spawn(
    streams: [(descriptor: Int32, as: Int32)],
    readsNothing: Bool,
    environment added: [String: String] = [:]
  ) throws(FileFailure) -> pid_t {
    let words = [program] + arguments
    if words.contains(where: { $0.utf8.contains(0) }) { throw failure(.invalidPath) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if readsNothing {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    for stream in streams {
      posix_spawn_file_actions_adddup2(&actions, stream.descriptor, stream.as)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    Self.setDefaultSignals(&attributes)
    var argumentTexts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environmentTexts: [UnsafeMutablePointer<CChar>?] =
      try Self.environment(with: added).map { strdup($0) } + [nil]
    defer { for text in argumentTexts + environmentTexts { free(text) } }
    var child = pid_t()
    let code = posix_spawnp(
      &child,
      program,
      &actions,
      &attributes,
      &argumentTexts,
      &environmentTexts
    )
    if code != 0 { throw FileFailure(code: code, path: program, operation: .run) }
    return child
  }

  /// Lets a program hear all signals: those that this process ignores or leaves to a thread would
  /// else be so for it, too, and Ctrl-C would not reach it.
  private static func setDefaultSignals(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    sigemptyset(&none)
    var ignored = sigset_t()
    sigemptyset(&ignored)
    for signal in [SIGPIPE, SIGXFSZ, SIGINT] { sigaddset(&ignored, signal) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &ignored)
    let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))
  }

  /// The environment that this process was started with, with some variables set anew.
  private static func environment(
    with added: [String: String]
  ) throws(FileFailure) -> [String] {
    let bytes = try LocalFileSystem().open("/proc/self/environ").readAll(limitBytes: 16 << 20)
    let own = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let kept = own.filter { added[String($0.prefix { $0 != "=" })] == nil }
    return kept + added.map { "\($0.key)=\($0.value)" }
  }

  /// Waits for the end of a program that was started; what it exited with.
  func wait(for child: pid_t) throws(FileFailure) -> Int32 {
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
