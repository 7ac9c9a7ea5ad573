import Glibc

/// A program that reads what is written here as its standard input, and has the terminal of this
/// process for the rest: a pager.
///
/// A program that ends before it has read all makes writes fail with `.brokenPipe`, where the
/// process ignores the signal for it (`Terminal.ignoreBrokenPipes()`).
public final class FedProcess: ByteOutput {
  private let child: ChildProcess
  private let id: pid_t
  private let pipe: ProcessPipe
  private let input: DescriptorOutput
  /// How the terminal was set before the program had it.
  private let mode = TerminalMode()
  private var code: Int32?

  /// Starts a program.
  ///
  /// - Parameter environment: variables that it gets beside those of this process.
  public init(
    starting child: ChildProcess,
    environment: [String: String] = [:]
  ) throws(FileFailure) {
    self.child = child
    pipe = try ProcessPipe(child.program)
    id = try child.spawn(
      streams: [(pipe.reader, STDIN_FILENO)],
      readsNothing: false,
      environment: environment
    )
    pipe.closeReader()
    input = DescriptorOutput(pipe.writer, path: child.program)
  }

  deinit { _ = try? finish() }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    try input.write(bytes)
  }

  public func flush() throws(FileFailure) { try input.flush() }

  /// Tells the program that there is no more, waits for its end and sets the terminal as before.
  ///
  /// A program that has left before it read all is no failure.
  ///
  /// - Returns: what it exited with; 128 and the signal where one ended it.
  public func finish() throws(FileFailure) -> Int32 {
    if let code { return code }
    do throws(FileFailure) {
      try flush()
    } catch  where error.reason == .brokenPipe {
      // It has read as much as it wanted.
    }
    pipe.closeWriter()
    let code = try child.wait(for: id)
    self.code = code
    mode?.restore()
    return code
  }
}

/// How the terminal at standard input is set.
struct TerminalMode {
  private let settings: termios

  /// Reads the settings; nil where there is no terminal.
  init?() {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
    self.settings = settings
  }

  /// Puts them back, once what was written is out.
  func restore() {
    var settings = settings
    _ = tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  }
}
