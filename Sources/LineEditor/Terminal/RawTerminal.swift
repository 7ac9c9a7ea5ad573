import Glibc
import Synchronization

/// The settings of a terminal, which are raw while an entry is read and as before at all other
/// times.
///
/// Safe to use from any thread, so that a program that is told to end can call `restore`.
public final class RawTerminal: Sendable {
  let input: Int32
  let output: Int32
  /// The settings of before; nil while the terminal is not raw.
  private let before = Mutex<termios?>(nil)

  private static let pasteOn = Array("\u{1B}[?2004h".utf8)
  private static let pasteOff = Array("\u{1B}[?2004l".utf8)

  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  deinit { restore() }

  /// Gives the terminal its settings of before; does nothing where it has them.
  ///
  /// Call it from an ordinary thread, not within a signal handler.
  public func restore() {
    before.withLock { before in
      guard var settings = before else { return }
      before = nil
      _ = Self.pasteOff.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
      _ = tcsetattr(input, TCSANOW, &settings)
    }
  }

  /// Makes keys arrive one by one and unseen, Ctrl-C and Ctrl-Z among them, and pasted text marked.
  ///
  /// May be called again, such as after the process was stopped from outside.
  func makeRaw() throws(EditorFailure) {
    let code: Int32? = before.withLock { before in
      var settings = termios()
      guard tcgetattr(input, &settings) == 0 else { return errno }
      if before == nil { before = settings }
      settings.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON)
      settings.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | ISIG)
      settings.c_cc.6 = 1  // VMIN: a read waits for one byte
      settings.c_cc.5 = 0  // VTIME: and for no time
      guard tcsetattr(input, TCSANOW, &settings) == 0 else { return errno }
      return nil
    }
    if let code { throw .noTerminal(code: code) }
    try send(Self.pasteOn)
  }

  /// The size of the screen, 80 by 24 where it is not known.
  func size() -> ScreenSize {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return ScreenSize(columns: 80, rows: 24)
    }
    return ScreenSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Writes all bytes, at once where the terminal takes them so.
  func send(_ bytes: [UInt8]) throws(EditorFailure) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        write(output, raw.baseAddress.map { $0 + sent }, raw.count - sent)
      }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        var wanted = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wanted, 1, -1)
      } else if errno != EINTR {
        throw .unwritable(code: errno)
      }
    }
  }
}
