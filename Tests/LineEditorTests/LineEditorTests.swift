import Glibc
import Testing

@testable import LineEditor

/// The whole editor on a pseudo-terminal.
@Suite(.serialized) struct LineEditorTests {
  private static func entry(_ text: String) -> EditorEvent { .entry(Array(text.utf8)) }

  @Test("types an entry of several lines") func typing() throws {
    let harness = try EditorHarness()
    #expect(harness.waits(for: [">"]))
    harness.send("T\r")
    #expect(harness.waits(for: ["> T", "  ."]))
    harness.send("| tke 3\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[Da\u{1B}[F;\r")
    #expect(harness.waits(for: ["> T", "  . | take 3;", ">"]))
    harness.send("blank\r\r")
    #expect(harness.waits { $0.events.count == 2 })
    #expect(harness.events == [Self.entry("T\n| take 3;"), Self.entry("blank")])
    harness.finish()
  }

  @Test("two entries typed ahead are two entries") func typedAhead() throws {
    let harness = try EditorHarness()
    #expect(harness.waits(for: [">"]))
    harness.send("a;\rb;\rc")
    #expect(harness.waits(for: ["> a;", "> b;", "> c"]))
    #expect(harness.events == [Self.entry("a;"), Self.entry("b;")])
    harness.finish()
  }

  @Test("pasted blank lines do not submit, Return behind them does") func paste() throws {
    let harness = try EditorHarness()
    #expect(harness.waits(for: [">"]))
    harness.send("\u{1B}[200~T\r\r\r| count\r\r\u{1B}[201~")
    #expect(harness.waits(for: ["> T", "  .", "  .", "  . | count", "  .", "  ."]))
    #expect(harness.events.isEmpty)
    harness.send("\r")
    #expect(harness.waits { $0.events == [Self.entry("T\n\n\n| count")] })
    harness.finish()
  }

  @Test("a megabyte is pasted with one drawing") func largePaste() throws {
    let harness = try EditorHarness()
    #expect(harness.waits(for: [">"]))
    let before = harness.output.count
    let text = String(repeating: "0123456789 漢字\n\n", count: 60_000) + "end"
    harness.send("\u{1B}[200~" + text + "\u{1B}[201~")
    #expect(harness.waits { $0.screen.lines.last == "  . end" })
    #expect(harness.output.count - before < 4_096)
    harness.send(";\r")
    #expect(harness.waits { $0.events == [Self.entry(text + ";")] })
    harness.finish()
  }

  @Test("hostile text reaches the terminal as escapes only") func hostile() throws {
    let harness = try EditorHarness(
      rows: 20,
      history: ["h\u{1B}[2J\u{202E}"],
      options: {
        var options = Samples.options()
        options.complete = { text, cursor in
          let name = "\u{1B}]0;\u{7}\u{9B}\u{202E}"
          return Completions(
            range: cursor..<cursor,
            candidates: [
              .init(insertion: "a", label: name, detail: name), .init(insertion: "b", detail: name),
            ]
          )
        }
        return options
      }
    )
    #expect(harness.waits(for: [">"]))
    harness.send(Array("\u{1B}[200~".utf8) + Samples.hostile + Array("\u{1B}[201~".utf8))
    #expect(harness.waits { $0.screen.lines.last?.contains("\\x80") == true })
    harness.send("\t")
    #expect(harness.waits { $0.screen.lines.last?.hasPrefix("b") == true })
    harness.send("\u{1B}")
    #expect(harness.waits { $0.screen.lines.last?.contains("\\x80") == true })
    harness.send("\u{12}h\u{202E}\u{9B}")
    #expect(harness.waits { $0.screen.lines.last?.hasPrefix("not in history: h\\u") == true })
    harness.send("\r;\r")
    #expect(harness.waits { $0.events.count == 1 })
    harness.finish()
    let output = harness.output
    for hidden in ["\u{85}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{200F}", "\u{61C}", "\u{1B}]"] {
      #expect(!output.shown.unicodeScalars.contains { String($0) == hidden })
    }
    #expect(String(validating: output, as: UTF8.self) != nil)
  }

  @Test("Ctrl-R finds, Tab completes") func searchAndTab() throws {
    let harness = try EditorHarness(
      history: ["Procs\n| take 1;", "Files;"],
      options: {
        var options = Samples.options()
        options.complete = { _, cursor in
          Completions(
            range: 0..<cursor,
            candidates: [
              .init(insertion: "Files", detail: "a table"), .init(insertion: "Filter"),
            ]
          )
        }
        return options
      }
    )
    #expect(harness.waits(for: [">"]))
    harness.send("\u{12}take")
    #expect(harness.waits(for: ["> Procs", "  . | take 1;", "search history: take"]))
    harness.send("\r\r")
    #expect(harness.waits(for: ["> Procs", "  . | take 1;", ">"]))
    harness.send("f\t")
    #expect(harness.waits { $0.screen.lines.suffix(3) == ["> Fil", "Files   a table", "Filter"] })
    harness.send("\t\t\r;\r")
    #expect(harness.waits { $0.events.last == Self.entry("Filter;") })
    harness.finish()
  }

  @Test("a resize draws anew") func resize() throws {
    let harness = try EditorHarness(columns: 40)
    #expect(harness.waits(for: [">"]))
    harness.send("abcdefghijklmnopqrstuvwxyz")
    #expect(harness.waits(for: ["> abcdefghijklmnopqrstuvwxyz"]))
    harness.resize(columns: 20, rows: 5, showing: "> abcdefghijklmnopqr\r\nstuvwxyz")
    #expect(harness.waits { $0.output.shown.contains("\u{1B}[J") })
    #expect(harness.waits(for: ["> abcdefghijklmnopqr", "stuvwxyz"]))
    harness.send("\u{1}x")
    #expect(harness.waits(for: ["> xabcdefghijklmnopq", "rstuvwxyz"]))
    harness.finish()
  }

  @Test("Ctrl-C drops the text, Ctrl-D ends, Ctrl-L clears") func controls() throws {
    let harness = try EditorHarness()
    #expect(harness.waits(for: [">"]))
    harness.send("abc\u{3}")
    #expect(harness.waits(for: ["> abc^C", ">"]))
    harness.send("x\u{C}")
    #expect(harness.waits(for: ["> x"]))
    harness.send("\u{7F}\u{4}")
    #expect(harness.waits { $0.isDone })
    #expect(harness.events == [.interrupted, .endOfInput])
    #expect(harness.pseudoTerminal.isCooked)
    harness.pseudoTerminal.close()
  }

  @Test("Ctrl-Z stops the process and goes on with the text") func suspend() throws {
    let harness = try EditorHarness()
    #expect(harness.waits(for: [">"]))
    harness.send("abc\u{1A}")
    #expect(harness.waits(for: ["> abc", "> abc"]))
    #expect(harness.stops == 1)
    harness.send("d;\r")
    #expect(harness.waits { $0.events == [Self.entry("abcd;")] })
    harness.finish()
  }

  @Test("the entry is drawn again after a stop from outside") func goingOn() throws {
    let harness = try EditorHarness()
    #expect(harness.waits(for: [">"]))
    harness.send("abc")
    #expect(harness.waits(for: ["> abc"]))
    let before = harness.output.count
    kill(getpid(), SIGCONT)
    #expect(harness.waits { $0.output.dropFirst(before).count > 8 })
    #expect(harness.waits(for: ["> abc"]))
    harness.finish()
  }

  @Test("the terminal is raw while an entry is read only, and can be restored from outside")
  func restoring() throws {
    let harness = try EditorHarness(entryLimit: 1)
    #expect(harness.pseudoTerminal.isCooked || harness.waits(for: [">"]))
    #expect(harness.waits(for: [">"]))
    #expect(!harness.pseudoTerminal.isCooked)
    harness.restore()
    #expect(harness.pseudoTerminal.isCooked)
    #expect(harness.waits { $0.output.shown.hasSuffix("\u{1B}[?2004l") })
    // A signal makes the editor take the terminal again.
    kill(getpid(), SIGWINCH)
    let pseudoTerminal = harness.pseudoTerminal
    #expect(harness.waits { _ in !pseudoTerminal.isCooked })
    harness.send("a;\r")
    #expect(harness.waits { $0.isDone })
    #expect(harness.pseudoTerminal.isCooked)
    harness.pseudoTerminal.close()
  }

  @Test("a terminal that goes away ends the input") func hangUp() throws {
    let harness = try EditorHarness()
    #expect(harness.waits(for: [">"]))
    harness.send("abc")
    #expect(harness.waits(for: ["> abc"]))
    close(harness.pseudoTerminal.master)
    #expect(harness.waits { $0.isDone })
    #expect(!harness.events.contains(Self.entry("abc")))
    close(harness.pseudoTerminal.slave)
  }

  @Test("random bytes on a terminal neither end nor stop the editor", arguments: 0..<5)
  func fuzz(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let harness = try EditorHarness(rows: 6, isCooked: false)
    #expect(harness.waits(for: [">"]))
    let likely: [UInt8] = Array("\u{1B}[]O~;2001ABCD\t\r\u{12}\u{1F}".utf8)
    for _ in 0..<20 {
      harness.send(
        (0..<200).map { _ in
          Bool.random(using: &random)
            ? UInt8.random(in: 0x05...0xFF, using: &random)
            : likely.randomElement(using: &random) ?? 0
        }
      )
    }
    // Whatever was left open, a paste or a search, is ended.
    harness.send("\u{1B}[201~\u{3}")
    #expect(harness.waits { $0.events.last == .interrupted })
    harness.finish()
  }
}
