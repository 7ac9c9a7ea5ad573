public import FileAccess
import SourceText
import Synchronization

/// A line on a terminal that tells how far work has come, and is gone when the work is done.
///
/// It appears only where the work takes longer than half a second, and changes ten times a second
/// at most. Any thread may show it.
public final class ProgressLine: Sendable {
  private static let delayNanoseconds: UInt64 = 500_000_000
  private static let stepNanoseconds: UInt64 = 100_000_000
  /// Carriage return, then erase to the end of the line.
  private static let eraser = "\r\u{1B}[K"

  private struct State {
    var start: UInt64
    var shownAt: UInt64?
  }

  private let clock: any Clock
  private let width: Int
  private let write: @Sendable (String) -> Void
  private let state: Mutex<State>

  /// Makes a line that is not shown yet; the time runs from now.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal; a longer line is cut, since it could not be erased.
  ///   - write: writes text to the terminal at once.
  public init(clock: any Clock, width: Int, write: @escaping @Sendable (String) -> Void) {
    self.clock = clock
    self.width = max(20, width)
    self.write = write
    state = Mutex(State(start: clock.monotonicNanoseconds))
  }

  /// Shows how far a load is.
  public func show(_ progress: LoadProgress) {
    show { milliseconds in
      let rate = progress.bytes / max(1, milliseconds) / 1000
      return "loading \(TerminalText(progress.table).text): \(Self.megabytes(progress.bytes)) MB, "
        + "\(Self.grouped(progress.rows)) rows, \(rate) MB/s"
    }
  }

  /// Shows how many rows a query has read.
  public func show(rowsRead rows: Int) {
    show { milliseconds in
      let rate = rows / max(1, milliseconds)
      return "\(Self.grouped(rows)) rows read, \(Self.grouped(rate)) thousand a second"
    }
  }

  /// Takes the line away and lets the time run from now.
  public func erase() {
    state.withLock { state in
      if state.shownAt != nil { write(Self.eraser) }
      state = State(start: clock.monotonicNanoseconds)
    }
  }

  private func show(_ text: (_ milliseconds: Int) -> String) {
    let now = clock.monotonicNanoseconds
    state.withLock { state in
      let due = state.shownAt.map { $0 &+ Self.stepNanoseconds }
      if now < due ?? (state.start &+ Self.delayNanoseconds) { return }
      state.shownAt = now
      let milliseconds = Int(clamping: (now &- state.start) / 1_000_000)
      write(Self.eraser + String(text(milliseconds).prefix(width - 1)))
    }
  }

  private static func megabytes(_ bytes: Int) -> String { grouped(bytes / 1_000_000) }

  /// A number with commas between thousands.
  private static func grouped(_ number: Int) -> String {
    var groups: [String] = []
    var rest = max(0, number)
    while rest >= 1000 {
      let group = String(rest % 1000)
      groups.append(String(repeating: "0", count: 3 - group.count) + group)
      rest /= 1000
    }
    groups.append(String(rest))
    return groups.reversed().joined(separator: ",")
  }
}
