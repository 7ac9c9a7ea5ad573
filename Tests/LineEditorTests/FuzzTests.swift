import Testing

@testable import LineEditor

/// Nothing that is typed, pasted or completed breaks the editor or the screen.
struct FuzzTests {
  /// Sequences of keys besides text.
  private static let keys = [
    "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[H", "\u{1B}[F", "\u{1B}[3~",
    "\u{1B}[5~",
    "\u{1B}[6~", "\u{1B}[1;5C", "\u{1B}[1;5D", "\u{1B}b", "\u{1B}f", "\u{1B}d", "\u{1B}\u{7F}",
    "\u{7F}", "\u{4}", "\u{B}", "\u{15}", "\u{17}", "\u{19}", "\u{14}", "\u{1F}", "\u{12}",
    "\u{13}",
    "\t", "\u{1B}[Z", "\r", "\u{1B}\r", "\u{7}", "\u{1B}", "\u{C}", "\u{1}", "\u{5}",
    "\u{1B}[200~x\n\ny\u{1B}[201~",
  ].map { Array($0.utf8) }

  private static func options() -> EditorOptions {
    var options = Samples.options()
    options.isComplete = { _ in false }
    options.highlight = { text in
      [StyledRange(0..<(text.count / 2), .keyword), StyledRange(3..<(text.count + 5), .error)]
    }
    options.complete = { text, cursor in
      let details = text.count % 2 == 0 ? "" : Samples.hostile.shown
      return Completions(
        range: max(cursor - 3, 0)..<cursor,
        candidates: (0..<(text.count % 5)).map {
          .init(insertion: "\u{202E}名\($0)", detail: details)
        }
      )
    }
    return options
  }

  @Test("random keys keep the screen true to the frame", arguments: 0..<40)
  func sessions(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let columns = Int.random(in: 12...40, using: &random)
    let rows = Int.random(in: 1...12, using: &random)
    let size = ScreenSize(columns: columns, rows: rows)
    var history = History()
    for piece in Samples.pieces { history.add(piece + piece) }
    let options = Self.options()
    var session = EditSession(options, history: history)
    var decoder = KeyDecoder()
    var renderer = Renderer()
    var terminal = VirtualTerminal(columns: columns, rows: rows)
    for _ in 0..<150 {
      let isKey = Int.random(in: 0..<3, using: &random) == 0
      let input = (isKey ? Self.keys : Samples.pieces).randomElement(using: &random) ?? []
      for event in decoder.feed(input) + decoder.settle() {
        if session.handle(event) == .clearScreen { terminal.write(renderer.clear()) }
        #expect((0...session.buffer.text.count).contains(session.buffer.cursor))
      }
      let view = session.view(options, size: size)
      let frame = FrameBuilder(view, size: size, palette: .colours).frame()
      terminal.write(renderer.draw(frame))
      Self.check(terminal, shows: frame, seed: seed)
    }
  }

  /// Holds the screen against the rows of a frame, each drawn on a screen of its own.
  private static func check(_ terminal: VirtualTerminal, shows frame: Frame, seed: UInt64) {
    #expect(terminal.violations.isEmpty, "seed \(seed)")
    #expect(!terminal.isCursorHidden && terminal.isWrapping)
    #expect(frame.rows.count <= terminal.rows)
    #expect(terminal.column == frame.cursorColumn, "seed \(seed)")
    let top = terminal.row - frame.cursorRow
    let wanted = frame.rows.map { row in
      var single = VirtualTerminal(columns: terminal.columns, rows: 1)
      single.write(row.bytes)
      return single.lines.first ?? ""
    }
    var shown = Array(terminal.lines.dropFirst(top))
    while shown.count < wanted.count { shown.append("") }
    #expect(shown == wanted, "seed \(seed)")
  }

  @Test("random bytes never break the decoder", arguments: 0..<40)
  func bytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let likely: [UInt8] = Array("\u{1B}[]O~;20013mMu\u{7}\u{3}\\P".utf8)
    var whole = KeyDecoder()
    var split = KeyDecoder()
    for _ in 0..<100 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random) : likely.randomElement(using: &random) ?? 0
      }
      let atOnce = whole.feed(bytes) + whole.settle()
      let oneByOne = bytes.flatMap { split.feed([$0]) } + split.settle()
      #expect(Self.joined(atOnce) == Self.joined(oneByOne), "seed \(seed)")
    }
    _ = whole.finish()
    #expect(!whole.isWaiting)
  }

  /// Events with neighbouring texts joined.
  private static func joined(_ events: [KeyEvent]) -> [KeyEvent] {
    events.reduce(into: []) { joined, event in
      if case .text(let bytes) = event, case .text(let before)? = joined.last {
        joined[joined.count - 1] = .text(before + bytes)
      } else {
        joined.append(event)
      }
    }
  }
}
