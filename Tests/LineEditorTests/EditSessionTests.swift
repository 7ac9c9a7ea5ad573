import Testing

@testable import LineEditor

/// Keys do to an entry what they say, without a terminal.
struct EditSessionTests {
  private static func session(
    _ options: EditorOptions = Samples.options(),
    history: [String] = []
  ) -> EditSession {
    var entries = History()
    for text in history { entries.add(Array(text.utf8)) }
    return EditSession(options, history: entries)
  }

  /// Follows keys; gives the last outcome.
  @discardableResult
  private static func type(_ text: String, into session: inout EditSession) -> EditSession.Outcome {
    var outcome = EditSession.Outcome.draw
    for event in Samples.keys(text) { outcome = session.handle(event) }
    return outcome
  }

  @Test(
    "keys edit",
    arguments: [
      ("abc\u{1}x", "xabc"), ("abc\u{2}x", "abxc"), ("abc\u{1B}[D\u{1B}[Dx", "axbc"),
      ("abc\u{7F}", "ab"), ("abc\u{1}\u{4}", "bc"), ("abc\u{1}\u{1B}[3~", "bc"),
      ("one two\u{1B}bx", "one xtwo"), ("one two\u{17}", "one "), ("one two\u{1}\u{1B}d", " two"),
      ("one two\u{15}", ""), ("one two\u{1B}b\u{B}", "one "),
      ("one two\u{1B}b\u{B}\u{1}\u{19}", "twoone "),
      ("one two\u{17}\u{17}\u{19}\u{19}", "one twoone two"), ("ab\u{14}", "ba"),
      ("one\u{6} two\u{1F}", "one"), ("a\u{1B}\rb", "a\nb"), ("a\rb", "a\nb"), ("a\r\u{7F}b", "ab"),
      ("a\rb\u{10}x", "ax\nb"), ("a\rb\u{1}\u{2}x", "ax\nb"), ("a b\u{1B}[1;5Dx", "a xb"),
    ]
  )
  func keys(typed: String, text: String) {
    var session = Self.session()
    Self.type(typed, into: &session)
    #expect(session.buffer.text.shown == text)
  }

  @Test("Return submits a complete text and a typed blank line only") func submits() {
    for (typed, text) in [("a;\r", "a;"), ("a\r\r", "a"), ("a\r \r", "a\n "), ("\r", "")] {
      var session = Self.session()
      #expect(Self.type(typed, into: &session) == .submit(Array(text.utf8)), "\(typed)")
    }
    for typed in [
      "\u{1B}[200~a\n\n\nb\u{1B}[201~", "\u{1B}[200~a\n\n\u{1B}[201~b\r", "a\r\u{10}\r",
    ] {
      var session = Self.session()
      #expect(Self.type(typed, into: &session) == .draw, "\(typed)")
    }
  }

  @Test("Return in the middle of a text asks about the whole text") func middle() {
    var session = Self.session()
    #expect(Self.type("a;\u{1}\r", into: &session) == .submit(Array("a;".utf8)))
    session = Self.session()
    // A blank line with text behind it is no end.
    #expect(Self.type("a\rb\u{1}\u{2}\r\r", into: &session) == .draw)
    #expect(session.buffer.text.shown == "a\n\n\nb")
  }

  @Test("keys end the session") func ends() {
    var session = Self.session()
    #expect(Self.type("\u{4}", into: &session) == .end)
    #expect(Self.type("ab\u{4}", into: &session) == .ring)
    #expect(Self.type("\u{3}", into: &session) == .interrupt)
    #expect(Self.type("\u{1A}", into: &session) == .suspend)
    #expect(Self.type("\u{C}", into: &session) == .clearScreen)
  }

  @Test("up and down go through the history at the edges of the text") func history() {
    var session = Self.session(history: ["first", "second\nlines"])
    let steps = [
      ("draft\u{10}", "second\nlines"), ("\u{10}", "second\nlines"), ("\u{10}", "first"),
      ("\u{10}", "first"), ("\u{E}", "second\nlines"), ("\u{E}", "draft"), ("\u{E}", "draft"),
      ("\u{1B}[5~", "second\nlines"), ("\u{1B}[5~", "first"), ("\u{1B}[6~", "second\nlines"),
    ]
    for (typed, text) in steps {
      Self.type(typed, into: &session)
      #expect(session.buffer.text.shown == text)
    }
  }

  @Test("Ctrl-R searches back, letter case aside") func search() {
    var session = Self.session(history: ["Procs | top", "Files", "procs | take", "x"])
    Self.type("mine\u{12}PRO", into: &session)
    #expect(session.search?.found?.shown == "procs | take")
    Self.type("\u{12}", into: &session)
    #expect(session.search?.found?.shown == "Procs | top")
    #expect(Self.type("\u{12}", into: &session) == .ring)
    #expect(session.search?.found?.shown == "Procs | top")
    Self.type("\u{13}", into: &session)
    #expect(session.search?.found?.shown == "procs | take")
    Self.type("cs | top", into: &session)
    #expect(session.search?.found?.shown == "Procs | top")
    #expect(Self.type("\r", into: &session) == .draw)
    #expect(session.search == nil)
    #expect(session.buffer.text.shown == "Procs | top")
    Self.type("\u{1B}[6~\u{1B}[6~\u{1B}[6~\u{1B}[6~", into: &session)
    #expect(session.buffer.text.shown == "mine")
  }

  @Test("a search is cancelled or goes on as an edit") func searchEnds() {
    for cancel in ["\u{7}", "\u{1B}"] {
      var session = Self.session(history: ["abc"])
      Self.type("mine\u{12}b" + cancel, into: &session)
      #expect(session.search == nil)
      #expect(session.buffer.text.shown == "mine")
    }
    var session = Self.session(history: ["abc"])
    Self.type("\u{12}bz\u{7F}\u{5}!", into: &session)
    #expect(session.buffer.text.shown == "abc!")
    #expect(Self.type("\u{12}b\u{3}", into: &session) == .interrupt)
  }
}
