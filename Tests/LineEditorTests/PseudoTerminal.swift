import Glibc
import Testing

@testable import LineEditor

/// The two ends of a pseudo-terminal.
struct PseudoTerminal {
  /// The keyboard and the screen.
  let master: Int32
  /// The terminal that a program sees.
  let slave: Int32

  /// Opens a pair; the constants are those of Linux, whose macros Swift does not import.
  init() throws {
    let unlock: UInt = 0x4004_5431
    let getNumber: UInt = 0x8004_5430
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    var off: Int32 = 0
    var number: Int32 = -1
    try #require(master >= 0)
    try #require(ioctl(master, unlock, &off) == 0)
    try #require(ioctl(master, getNumber, &number) == 0)
    slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(slave >= 0)
  }

  /// Sets the size of the screen.
  func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows),
      ws_col: UInt16(columns),
      ws_xpixel: 0,
      ws_ypixel: 0
    )
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Whether the terminal's driver collects lines and echoes them, as it does for most programs.
  var isCooked: Bool {
    var settings = termios()
    guard tcgetattr(slave, &settings) == 0 else { return false }
    let flags = tcflag_t(ICANON | ECHO | ISIG)
    return settings.c_lflag & flags == flags && settings.c_iflag & tcflag_t(ICRNL) != 0
  }

  /// Has the driver hand on what is typed as it is, also while no editor reads: by default it
  /// echoes that on the screen, and takes a Ctrl-C for itself.
  func stopCooking() {
    var settings = termios()
    guard tcgetattr(slave, &settings) == 0 else { return }
    cfmakeraw(&settings)
    _ = tcsetattr(slave, TCSANOW, &settings)
  }

  func close() {
    _ = Glibc.close(master)
    _ = Glibc.close(slave)
  }
}
