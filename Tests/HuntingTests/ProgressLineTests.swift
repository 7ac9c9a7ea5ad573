import FileAccess
import Hunting
import SourceText
import Synchronization
import Testing

/// Holds the progress line to its times and to leaving nothing behind.
struct ProgressLineTests {
  /// What was written to the terminal.
  private final class Screen: Sendable {
    let text = Mutex("")

    func add(_ more: String) { text.withLock { $0 += more } }

    var written: String { text.withLock { $0 } }
  }

  private static let load = LoadProgress(table: "T\u{1B}[2J", bytes: 1_234_000_000, rows: 5_001)

  @Test func `work that is quick shows nothing`() {
    let clock = SimulatedClock(wallTicks: 0)
    let screen = Screen()
    let line = ProgressLine(clock: clock, width: 80) { screen.add($0) }
    clock.advance(nanoseconds: 499_000_000)
    line.show(Self.load)
    line.erase()
    #expect(screen.written == "")
  }

  @Test func `longer work shows a line now and then and erases it`() {
    let clock = SimulatedClock(wallTicks: 0)
    let screen = Screen()
    let line = ProgressLine(clock: clock, width: 80) { screen.add($0) }
    clock.advance(nanoseconds: 2_000_000_000)
    line.show(Self.load)
    // Too soon for another.
    clock.advance(nanoseconds: 50_000_000)
    line.show(Self.load)
    let name = TerminalText("T\u{1B}[2J").text
    let eraser = "\r\u{1B}[K"
    let shown = eraser + "loading \(name): 1,234 MB, 5,001 rows, 617 MB/s"
    #expect(screen.written == shown)
    line.erase()
    #expect(screen.written == shown + eraser)
    // The time runs anew.
    line.show(rowsRead: 1)
    #expect(screen.written == shown + eraser)
    clock.advance(nanoseconds: 1_000_000_000)
    line.show(rowsRead: 12_000_000)
    let rows = eraser + "12,000,000 rows read, 12,000 thousand a second"
    #expect(screen.written == shown + eraser + rows)
  }

  @Test func `a line is cut to the width of the terminal`() {
    let clock = SimulatedClock(wallTicks: 0)
    let screen = Screen()
    let line = ProgressLine(clock: clock, width: 20) { screen.add($0) }
    clock.advance(nanoseconds: 1_000_000_000)
    line.show(rowsRead: 12_000_000)
    #expect(screen.written == "\r\u{1B}[K12,000,000 rows rea")
  }
}
