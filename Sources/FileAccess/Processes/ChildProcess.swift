import Glibc

/// Runs another program to its end and keeps what it writes; or starts one that is written to
/// (`FedProcess`).
///
/// The program is found by `PATH`, gets its arguments as they are (no shell), the environment of
/// this process and a standard input that is empty or given.
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

  /// Starts the program, lets it read some bytes as its standard input and waits for its end.
  ///
  /// The process ignores the signal for broken pipes (`Terminal.ignoreBrokenPipes()`). Throws as
  /// `run()` does, and `.timedOut` where the program takes too long; then it and what it started
  /// are ended.
  public func run(input bytes: [UInt8], timeoutSeconds: Double) throws(FileFailure) -> Outcome {
    let input = try ProcessPipe(program)
    let output = try ProcessPipe(program)
    let errors = try ProcessPipe(program)
    let child = try spawn(
      streams: [
        (input.reader, STDIN_FILENO), (output.writer, STDOUT_FILENO),
        (errors.writer, STDERR_FILENO),
      ],
      readsNothing: false,
      hasOwnGroup: true
    )
    input.closeReader()
    output.closeWriter()
    errors.closeWriter()
    do throws(FileFailure) {
      let collector = PipeCollector(program, limitBytes, timeoutSeconds: timeoutSeconds)
      let collected = try collector.collect([output, errors], feeding: (input, bytes))
      let code = try wait(for: child, with: collector)
      return Outcome(code: code, output: collected[0], errors: collected[1])
    } catch {
      kill(-child, SIGKILL)
      _ = try? wait(for: child)
      throw error
    }
  }

  /// Starts the program with standard streams that are other descriptors; those left out stay this
  /// process's own.
  func spawn(
    streams: [(descriptor: Int32, as: Int32)],
    readsNothing: Bool,
    hasOwnGroup: Bool = false,
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
    Self.setDefaultSignals(&attributes, hasOwnGroup: hasOwnGroup)
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
  ///
  /// - Parameter hasOwnGroup: whether it can be ended with all that it starts.
  private static func setDefaultSignals(
    _ attributes: inout posix_spawnattr_t,
    hasOwnGroup: Bool
  ) {
    var none = sigset_t()
    sigemptyset(&none)
    var ignored = sigset_t()
    sigemptyset(&ignored)
    for signal in [SIGPIPE, SIGXFSZ, SIGINT] { sigaddset(&ignored, signal) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &ignored)
    let group = hasOwnGroup ? Int32(POSIX_SPAWN_SETPGROUP) : 0
    let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | group
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
    return Self.exitCode(status)
  }

  /// Waits for the end of a program as long as a collector has time.
  private func wait(for child: pid_t, with collector: PipeCollector) throws(FileFailure) -> Int32 {
    var status: Int32 = 0
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { break }
      let code = errno
      if ended < 0, code != EINTR {
        throw FileFailure(code: code, path: program, operation: .run)
      }
      _ = try collector.milliseconds()
      Machine.pause(milliseconds: 2)
    }
    return Self.exitCode(status)
  }

  private static func exitCode(_ status: Int32) -> Int32 {
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  private func failure(_ reason: FileFailure.Reason) -> FileFailure {
    FileFailure(reason, path: program, operation: .run)
  }
}
