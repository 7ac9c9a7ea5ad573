import Columnar
import Execution
import HarrierTesting
import Hunting
import LineEditor
import Testing

@testable import HuntingShell

/// What Tab offers depends on where the cursor stands.
@Suite("Completion of queries") struct CompletionTests {
  private let engine: HuntingEngine

  init() throws {
    var engine = HuntingEngine()
    let schema = Schema([
      ColumnSchema("DeviceName", .string), ColumnSchema("ProcessId", .long),
      ColumnSchema("odd name", .string),
    ])
    engine.add(ColumnTable(schema: schema, chunks: []), named: "Events")
    self.engine = engine
  }

  /// The candidates at the mark `‸` of a text.
  private func offered(_ marked: String) -> [String] {
    let parts = marked.split(separator: "‸", omittingEmptySubsequences: false).map(String.init)
    let text = Array(parts.joined().utf8)
    let found = QueryCompleter(engine).completions(of: text, at: parts[0].utf8.count)
    return found.candidates.map { String(decoding: $0.insertion, as: UTF8.self) }
  }

  @Test(
    "Tables stand where rows begin",
    arguments: [
      "Ev‸", "let T = Ev‸", "union Ev‸", "Events | join kind=inner (Ev‸",
      "Events | union Ev‸",
      "let x = 1;\nEv‸", "Events | where DeviceName in (Ev‸",
    ]
  )
  func tables(_ text: String) {
    if text.contains(" in (") {
      #expect(!offered(text).isEmpty)
    } else {
      #expect(offered(text).first == "Events")
    }
  }

  @Test("Operators stand behind a bar") func operators() {
    #expect(offered("Events | wh‸").first == "where")
    #expect(offered("Events | summarize count() by DeviceName | ‸").contains("render"))
    #expect(offered("Events | join (Events | pro‸").contains("project-away"))
  }

  @Test(
    "Columns are those that flow into the operator",
    arguments: [
      ("Events | where Dev‸", ["DeviceName"]),
      ("Events | extend Later = 1 | project Lat‸", ["Later"]),
      ("Events | project DeviceName | where Proc‸", []),
      ("Events | summarize Total = count() by DeviceName | where Tot‸", ["Total"]),
      ("let T = Events | extend Mine = 2;\nT | where Min‸", ["Mine"]),
      ("Events | join kind=inner (Events | extend Right = 1 | where Rig‸", ["Right"]),
      ("Events | where (ProcessId > 1 and Dev‸", ["DeviceName"]),
      ("Events | where odd‸", ["['odd name']"]),
      ("Events | join kind=inner (Events) on Dev‸", ["DeviceName"]),
      ("Events | where Dev‸ == 'x' | count", ["DeviceName"]),
    ]
  )
  func columns(_ text: String, _ expected: [String]) {
    let columns = ["DeviceName", "Later", "ProcessId", "Total", "Mine", "Right", "['odd name']"]
    #expect(offered(text).filter { columns.contains($0) } == expected)
  }

  @Test("Functions come too, aggregates where they may stand") func functions() {
    #expect(offered("Events | where strl‸") == ["strlen("])
    #expect(offered("Events | summarize dcou‸").contains("dcount("))
    #expect(!offered("Events | where dcou‸").contains("dcount("))
  }

  @Test(
    "Nothing is offered in texts and comments",
    arguments: [
      "Events | where DeviceName == 'De‸", "// Ev‸", "Events // comment Dev‸",
      "print \"Ev‸",
    ]
  )
  func texts(_ text: String) { #expect(offered(text).isEmpty) }

  @Test("No text makes it fail") func hostile() {
    let pieces = [
      "(", ")", "|", "let ", "Events", "{", "}", "'", "\"", ";", "on ", "join ", "\u{202E}",
    ]
    for first in pieces {
      for second in pieces {
        for third in pieces { _ = offered(first + second + third + "‸" + first) }
      }
    }
    let bytes = (0..<256).map { UInt8($0) }
    for cursor in [-5, 0, 100, 999] {
      _ = QueryCompleter(engine).completions(of: bytes, at: cursor)
    }
  }
}

@Suite("Entries and commands of the shell") struct EntryTests {
  private func isComplete(_ text: String, typed: Bool = false) -> Bool {
    EntryRule.isComplete(EntryDraft(text: Array(text.utf8), endsInTypedBlankLine: typed))
  }

  @Test("A semicolon that ends the text ends the entry") func semicolons() {
    #expect(isComplete("T | count;"))
    #expect(isComplete("let x = 1; T;  // done"))
    #expect(!isComplete("T | count"))
    #expect(!isComplete("let x = 1; T"))
    #expect(!isComplete("T | where a == ';"))
    #expect(!isComplete("T // ;"))
    #expect(isComplete("T | count", typed: true))
    #expect(isComplete(".tables"))
    #expect(isComplete("  "))
  }

  @Test(
    "Commands are read with shortened names",
    arguments: [
      (".tables", DotCommand.Name.tables, ""), (".ta dev", .tables, "dev"), (".q", .quit, ""),
      (".exit;", .quit, ""), (" .mode  csv ; ", .mode, "csv"),
      (".explain T | count;", .explain, "T | count;"),
      (".?", .help, ""),
    ]
  )
  func names(_ line: String, _ name: DotCommand.Name, _ argument: String) throws {
    let command = try DotCommand(Array(line.utf8))
    #expect(command.name == name)
    #expect(command.argument == argument)
  }

  @Test(
    "Others are refused by name",
    arguments: [
      (".tabels", "did you mean .tables"), (".show tables", "Kusto cluster"), (".s", "may be"),
      (".zzzzzzzz", ".help"),
    ]
  )
  func refused(_ line: String, _ part: String) {
    do throws(DotCommand.Refusal) {
      _ = try DotCommand(Array(line.utf8))
      Issue.record("\(line) was read")
    } catch {
      #expect(error.message.contains(part))
    }
  }

  @Test("Colours cover tokens and comments in order") func colours() {
    let text = Array("T | where strlen(a) > 1 // c ; 'x'\n| take 5".utf8)
    let styles = QueryHighlighter.styles(of: text)
    let found = styles.map { range in
      (String(decoding: text[range.range], as: UTF8.self), range.style)
    }
    #expect(found.contains { $0 == ("where", .keyword) })
    #expect(found.contains { $0 == ("strlen", .function) })
    #expect(found.contains { $0 == ("// c ; 'x'", .comment) })
    #expect(found.contains { $0 == ("5", .number) })
    #expect(
      zip(styles, styles.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound }
    )
  }
}
