import Glibc
import Synchronization

/// Makes the signals of a resize and of going on after a stop readable from a descriptor.
///
/// A handler may do next to nothing, and may run on any thread; so it writes a byte to a pipe on
/// which the editor waits. The process has one such pipe, so one editor at a time hears of them.
enum WakeSignals {
  /// The handlers of before, to be put back.
  struct Handlers {
    fileprivate var resize = sigaction()
    fileprivate var goOn = sigaction()
  }

  /// The end to wait on; below zero, which `poll` passes over, where no pipe could be made.
  static var descriptor: Int32 { pipeEnds.reading }

  private static let pipeEnds = makePipe()

  /// Starts to listen.
  static func listen() -> Handlers {
    writingEnd.store(pipeEnds.writing, ordering: .relaxed)
    var action = sigaction()
    action.sa_flags = SA_RESTART
    action.__sigaction_handler.sa_handler = { signal in
      let code = errno
      var byte = UInt8(truncatingIfNeeded: signal)
      _ = write(writingEnd.load(ordering: .relaxed), &byte, 1)
      errno = code
    }
    var before = Handlers()
    sigaction(SIGWINCH, &action, &before.resize)
    sigaction(SIGCONT, &action, &before.goOn)
    return before
  }

  /// Puts the handlers of before back.
  static func stopListening(_ before: Handlers) {
    var before = before
    sigaction(SIGWINCH, &before.resize, nil)
    sigaction(SIGCONT, &before.goOn, nil)
  }

  /// Takes off what the pipe holds; says whether the process went on after a stop.
  static func drain() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &bytes, bytes.count)
    return bytes.prefix(max(count, 0)).contains(UInt8(SIGCONT))
  }

  private static func makePipe() -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    return (ends[0], ends[1])
  }
}

/// The end that the handler writes to: a global, for a handler can capture nothing.
private let writingEnd = Atomic<Int32>(-1)
