import Testing

@testable import LineEditor

/// Tab and the menu.
struct CompletionTests {
  private static let words = ["ProcessName", "ProcessPath", "Procs", "Files", "Ürün"]

  /// A session that completes the word before the cursor from the list.
  private static func session() -> EditSession {
    var options = Samples.options()
    options.complete = { text, cursor in
      let start = text[..<cursor].lastIndex { !ASCIIFolding.isWord($0) }.map { $0 + 1 } ?? 0
      let typed = text[start..<cursor].map(ASCIIFolding.fold)
      let found = words.filter { Array($0.utf8).map(ASCIIFolding.fold).starts(with: typed) }
      return Completions(
        range: start..<cursor,
        candidates: found.map { .init(insertion: $0, detail: "about \($0)") }
      )
    }
    return EditSession(options, history: History())
  }

  private static func typed(_ text: String) -> EditSession {
    var session = Self.session()
    for event in Samples.keys(text) { _ = session.handle(event) }
    return session
  }

  @Test("one candidate is inserted") func single() {
    #expect(Self.typed("x | fi\t").buffer.text.shown == "x | Files")
    #expect(Self.typed("fi\t").menu == nil)
    #expect(Self.typed("zz\t").buffer.text.shown == "zz")
  }

  @Test("what all candidates share is inserted before the menu opens") func shared() {
    let session = Self.typed("pro\t")
    #expect(session.buffer.text.shown == "Proc")
    #expect(session.menu?.completions.candidates.count == 3)
    #expect(session.menu?.selected == nil)
  }

  @Test("keys go round the menu, Return takes") func cycle() {
    #expect(Self.typed("pro\t\t").menu?.selected == 0)
    #expect(Self.typed("pro\t\u{1B}[Z").menu?.selected == 2)
    #expect(Self.typed("pro\t\u{1B}[B\u{1B}[B\u{1B}[B\u{1B}[B").menu?.selected == 0)
    #expect(Self.typed("pro\t\t\t\r").buffer.text.shown == "ProcessPath")
    #expect(Self.typed("pro\t\t\t\r").menu == nil)
  }

  @Test("Esc closes, typing narrows, other keys go on") func closing() {
    #expect(Self.typed("pro\t\u{1B}").menu == nil)
    #expect(Self.typed("pro\t\u{1B}").buffer.text.shown == "Proc")
    let narrowed = Self.typed("pro\te")
    #expect(narrowed.buffer.text.shown == "Proce")
    #expect(narrowed.menu?.completions.candidates.count == 2)
    #expect(Self.typed("pro\te\u{7F}").menu?.completions.candidates.count == 3)
    #expect(Self.typed("pro\tz").menu == nil)
    #expect(Self.typed("pro\t\u{1}x").buffer.text.shown == "xProc")
    #expect(Self.typed("pro\t\r").buffer.text.shown == "Proc\n")
  }

  @Test("shared starts go on from what is typed, at whole characters") func extensions() {
    func shared(_ insertions: [String], typed: String) -> String? {
      let completions = Completions(
        range: 0..<0,
        candidates: insertions.map { .init(insertion: $0) }
      )
      return completions.extensionOf(typed: Array(typed.utf8)[...])?.shown
    }
    #expect(shared(["abc", "abd"], typed: "a") == "ab")
    #expect(shared(["ABc", "ABd"], typed: "ab") == "AB")
    #expect(shared(["abc", "abd"], typed: "ab") == nil)
    #expect(shared(["abc", "abd"], typed: "b") == nil)
    #expect(shared(["xé", "xè"], typed: "") == "x")
    #expect(shared(["abc", "ab"], typed: "a") == "ab")
    #expect(shared([], typed: "a") == nil)
  }

  @Test("ranges outside the text are no completions") func ranges() {
    var options = Samples.options()
    options.complete = { _, _ in
      Completions(range: 5..<9, candidates: [.init(insertion: "x")])
    }
    var session = EditSession(options, history: History())
    #expect(session.handle(.press(.tab, [])) == .ring)
  }

  @Test("the menu keeps to the screen and shows the selection") func lines() {
    let candidates = (0..<100).map { Completions.Candidate(insertion: "name\($0)") }
    var menu = CompletionMenu(Completions(range: 0..<0, candidates: candidates))
    for rows in 1...30 {
      let lines = menu.lines(size: ScreenSize(columns: 20, rows: rows))
      #expect(lines.count <= rows / 2)
    }
    for _ in 0..<57 { menu.selectNext() }
    let lines = menu.lines(size: ScreenSize(columns: 20, rows: 12))
    let selected = lines.flatMap(\.pieces).filter { $0.style == .selected }
    #expect(selected.map(\.text.shown) == ["name56"])
    #expect(lines.last?.pieces.first?.text.shown == "… 90 more")
  }
}
