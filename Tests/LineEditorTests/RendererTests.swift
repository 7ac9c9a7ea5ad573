import Testing

@testable import LineEditor

/// What stands on the screen after frames were drawn.
struct RendererTests {
  /// An editor's screen without an editor.
  private struct Screen {
    var terminal: VirtualTerminal
    var renderer = Renderer()
    let size: ScreenSize

    init(columns: Int = 20, rows: Int = 8) {
      terminal = VirtualTerminal(columns: columns, rows: rows)
      size = ScreenSize(columns: columns, rows: rows)
    }

    mutating func show(_ text: String, cursor: Int? = nil, footer: [String] = []) {
      var view = EntryView(
        text: Array(text.utf8),
        cursor: cursor ?? text.utf8.count,
        prompt: Array("> ".utf8),
        continuationPrompt: Array("  . ".utf8)
      )
      view.footer = footer.map { FooterLine($0, .faint) }
      let frame = FrameBuilder(view, size: size, palette: .colours).frame()
      terminal.write(renderer.draw(frame))
    }
  }

  @Test("lines have prompts and the cursor its place") func lines() {
    var screen = Screen()
    screen.show("one\ntwo\n")
    #expect(screen.terminal.lines == ["> one", "  . two", "  ."])
    #expect((screen.terminal.row, screen.terminal.column) == (2, 4))
    screen.show("one\ntwo\n", cursor: 1)
    #expect((screen.terminal.row, screen.terminal.column) == (0, 3))
    screen.show("one", cursor: 3)
    #expect(screen.terminal.lines == ["> one"])
    #expect(!screen.terminal.isCursorHidden)
    #expect(screen.terminal.violations.isEmpty)
  }

  @Test("long lines are broken, wide characters stay whole") func wrapping() {
    var screen = Screen(columns: 12)
    screen.show("abcdefghijklm")
    #expect(screen.terminal.lines == ["> abcdefghij", "klm"])
    screen.show("abcdefghij")
    #expect(screen.terminal.lines == ["> abcdefghij"])
    #expect((screen.terminal.row, screen.terminal.column) == (1, 0))
    screen.show("abcdefghi漢")
    #expect(screen.terminal.lines == ["> abcdefghi", "漢"])
    #expect((screen.terminal.row, screen.terminal.column) == (1, 2))
    screen.show("漢字漢e\u{301}x", cursor: 9)
    #expect(screen.terminal.column == 8)
    screen.show("abcdef\u{202E}")
    #expect(screen.terminal.lines == ["> abcdef", "\\u{202E}"])
    #expect(screen.terminal.violations.isEmpty)
  }

  @Test("tabs are spaces, hostile text is escaped") func hostile() {
    var screen = Screen(columns: 200)
    screen.show("\ta\u{1B}[31m\u{85}\r")
    #expect(screen.terminal.lines == [">     a\\u{1B}[31m\\u{85}\\u{D}"])
    #expect(screen.terminal.violations.isEmpty)
  }

  @Test("entries taller than the screen scroll around the cursor") func tall() {
    var screen = Screen(rows: 4)
    let text = (0..<10).map(String.init).joined(separator: "\n")
    screen.show(text)
    #expect(screen.terminal.lines == ["  . 6", "  . 7", "  . 8", "  . 9"])
    #expect(screen.terminal.row == 3)
    screen.show(text, cursor: 0)
    #expect(screen.terminal.lines == ["> 0", "  . 1", "  . 2", "  . 3"])
    #expect(screen.terminal.row == 0)
    screen.show(text, cursor: 10, footer: ["menu"])
    #expect(screen.terminal.lines == ["  . 4", "  . 5", "  . 6", "menu"])
    #expect(screen.terminal.row == 1)
  }

  @Test("an entry at the end of the screen pushes older output up") func pushing() {
    var screen = Screen(rows: 4)
    screen.terminal.write(Array("old 1\r\nold 2\r\n".utf8))
    screen.show("a\nb\nc")
    #expect(screen.terminal.lines == ["old 2", "> a", "  . b", "  . c"])
    screen.show("a")
    #expect(screen.terminal.lines == ["old 2", "> a"])
    screen.terminal.write(screen.renderer.leave())
    #expect((screen.terminal.row, screen.terminal.column) == (2, 0))
    #expect(screen.terminal.scrolled == ["old 1"])
  }

  @Test("footers are cut at the width and go away") func footers() {
    var screen = Screen(columns: 12)
    screen.show("a", footer: ["menu \u{1B}[2J and more", "漢字漢字漢字漢字"])
    #expect(screen.terminal.lines == ["> a", "menu \\u{1B}[", "漢字漢字漢字"])
    #expect((screen.terminal.row, screen.terminal.column) == (0, 3))
    screen.show("a")
    #expect(screen.terminal.lines == ["> a"])
    #expect(screen.terminal.violations.isEmpty)
  }

  @Test("rows that stay are not written again") func unchangedRows() {
    var renderer = Renderer()
    let size = ScreenSize(columns: 20, rows: 8)
    func frame(_ text: String) -> Frame {
      let view = EntryView(
        text: Array(text.utf8),
        cursor: text.utf8.count,
        prompt: [],
        continuationPrompt: []
      )
      return FrameBuilder(view, size: size, palette: .monochrome).frame()
    }
    _ = renderer.draw(frame("first\nsecond"))
    let bytes = renderer.draw(frame("first\nsecond!"))
    #expect(!bytes.shown.contains("first"))
    #expect(bytes.shown.contains("second!"))
    #expect(renderer.draw(frame("first\nsecond!")).isEmpty)
  }

  @Test("styles colour their bytes, overlaps and ranges outside do no harm") func styles() {
    var view = EntryView(text: Array("let x".utf8), cursor: 0, prompt: [], continuationPrompt: [])
    view.styles = [
      StyledRange(4..<99, .number), StyledRange(0..<3, .keyword), StyledRange(1..<2, .error),
      StyledRange(-5 ..< -1, .string), StyledRange(2..<2, .string),
    ]
    let size = ScreenSize(columns: 20, rows: 8)
    let coloured = FrameBuilder(view, size: size, palette: .colours).frame().rows[0]
    #expect(coloured.bytes.shown == "\u{1B}[1;34mlet\u{1B}[0m \u{1B}[35mx\u{1B}[0m")
    #expect(coloured.cells == 5)
    let plain = FrameBuilder(view, size: size, palette: .monochrome).frame().rows[0]
    #expect(plain.bytes.shown == "let x")
    #expect(Palette([.keyword: "1m\u{1B}[2J"]).sequence(of: .keyword) == nil)
  }

  @Test("a narrower screen is drawn anew where the terminal has broken rows") func resize() {
    let text = Array("abcdefghijklmnopqr".utf8)
    let view = EntryView(text: text, cursor: 18, prompt: [], continuationPrompt: [])
    var renderer = Renderer()
    let wide = ScreenSize(columns: 20, rows: 8)
    let narrow = ScreenSize(columns: 12, rows: 8)
    _ = renderer.draw(FrameBuilder(view, size: wide, palette: .colours).frame())
    var terminal = VirtualTerminal(columns: 12, rows: 8)
    // The terminal itself has broken the row and keeps the cursor at its end.
    terminal.write(Array("old\r\nabcdefghijkl\r\nmnopqr".utf8))
    terminal.write(renderer.draw(FrameBuilder(view, size: narrow, palette: .colours).frame()))
    #expect(terminal.lines == ["old", "abcdefghijkl", "mnopqr"])
    #expect((terminal.row, terminal.column) == (2, 6))
  }
}
