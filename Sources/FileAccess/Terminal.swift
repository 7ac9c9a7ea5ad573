import Glibc

/// What the standard streams are connected to.
public enum Terminal {
  /// One of the process's standard streams.
  public enum Stream: Sendable {
    case input
    case output
    case error

    var descriptor: Int32 {
      switch self {
      case .input: STDIN_FILENO
      case .output: STDOUT_FILENO
      case .error: STDERR_FILENO
      }
    }
  }

  /// Whether a person sits at the other end of `stream`.
  public static func isTerminal(_ stream: Stream) -> Bool {
    isatty(stream.descriptor) == 1
  }

  /// The columns of the terminal at `stream`; nil where there is none or it does not say.
  public static func width(_ stream: Stream) -> Int? {
    let columns = size(stream)?.ws_col ?? 0
    return columns > 0 ? Int(columns) : nil
  }

  /// The lines of the terminal at `stream`; nil where there is none or it does not say.
  public static func height(_ stream: Stream) -> Int? {
    let rows = size(stream)?.ws_row ?? 0
    return rows > 0 ? Int(rows) : nil
  }

  private static func size(_ stream: Stream) -> winsize? {
    var size = winsize()
    return ioctl(stream.descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }

  /// Lets writes to a closed pipe fail with an error instead of ending the process.
  public static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  /// Lets writes beyond the limit of the size of files (`ulimit -f`) fail with an error instead of
  /// ending the process.
  public static func reportFileLimits() {
    signal(SIGXFSZ, SIG_IGN)
  }

  /// The value of an environment variable, such as `NO_COLOR`; nil where it is not set.
  public static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
