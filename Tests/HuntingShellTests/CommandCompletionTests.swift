import FileAccess
import HarrierTesting
import LineEditor
import Testing

@testable import HuntingShell

/// Names that a session knows.
struct KnownNames: CommandNames {
  var tables = ["Events", "EventsOld"]
  var tenantSelections = ["all", "group:europe", "contoso", "Contoso2"]
  var saved = [
    SavedName("mine", detail: "query", isOwn: true),
    SavedName("theirs", detail: "function of bob", isOwn: false),
  ]
}

/// Tab completes commands of the shell and what stands behind them.
@Suite("Completion of commands") struct CommandCompletionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let files = LocalFileSystem()
    for name in ["hunt one.kql", "hunt.ndjson", ".hidden", "x\u{1B}[2J", "hä"] {
      try files.write([], to: "\(folder.path)/\(name)")
    }
    try files.makeFoldersDurably(folder.path + "/hunts")
    try files.write([], to: folder.path + "/hunts/two.kql")
  }

  /// The line for each candidate at the mark `‸`, or at the end.
  private func lines(_ marked: String) -> [String] {
    let parts = marked.replacing("DIR", with: folder.path)
      .split(separator: "‸", omittingEmptySubsequences: false).map(String.init)
    let text = Array(parts.joined().utf8)
    let found = CommandCompleter(KnownNames()).completions(of: text, at: parts[0].utf8.count)
    return found.candidates.map { candidate in
      var line = text
      line.replaceSubrange(found.range, with: candidate.insertion)
      return String(decoding: line, as: UTF8.self).replacing(folder.path, with: "DIR")
    }
  }

  @Test(
    "Names and arguments",
    arguments: [
      (".sch", [".schema"]), ("  .pag", ["  .pager"]), (".schema EventsO", [".schema EventsOld"]),
      (".mode c", [".mode csv"]), (".mode x", []), (".pager o", [".pager on", ".pager off"]),
      (".sch‸ Events", [".schema Events"]), (".quit x", []),
      (".functions strle", [".functions strlen"]),
    ]
  )
  func arguments(_ line: String, _ expected: [String]) { #expect(lines(line) == expected) }

  @Test(
    "Tenants and groups, also behind others",
    arguments: [
      (".use ", [".use all", ".use group:europe", ".use contoso", ".use Contoso2"]),
      (".use con", [".use contoso", ".use Contoso2"]),
      (".use contoso,gr", [".use contoso,group:europe"]),
      (".use contoso, gr", [".use contoso, group:europe"]),
      (".use fabrikam", []),
    ]
  )
  func tenants(_ line: String, _ expected: [String]) { #expect(lines(line) == expected) }

  @Test("Saved texts; only one's own can be removed") func saved() {
    #expect(lines(".run ") == [".run mine", ".run theirs"])
    #expect(lines(".forget ") == [".forget mine"])
    #expect(lines(".save --f") == [".save --function"])
    #expect(lines(".save --shared m") == [".save --shared mine"])
  }

  @Test(
    "Files, with blanks in their names; none that a terminal would obey",
    arguments: [
      (".read DIR/hun", [".read DIR/hunt one.kql", ".read DIR/hunt.ndjson", ".read DIR/hunts/"]),
      (".read DIR/hunt o", [".read DIR/hunt one.kql"]),
      (".output DIR/hunts/", [".output DIR/hunts/two.kql"]),
      (".read DIR/.", [".read DIR/.hidden"]), (".read DIR/x", []),
      (
        ".read DIR/h\u{E4}",
        [
          ".read DIR/h\u{E4}"
        ]
      ), (".read DIR/none/", []),
      (".load Ev", [".load Events=", ".load EventsOld="]),
      (".load T(a:long)=DIR/hunt.", [".load T(a:long)=DIR/hunt.ndjson"]),
    ]
  )
  func files(_ line: String, _ expected: [String]) { #expect(lines(line) == expected) }

  @Test("No text makes it fail") func hostile() {
    let bytes = (0..<256).map { UInt8($0) }
    for start in ["", ".", ".use ", ".load ", ".read ", ".load =", ".run\n"] {
      let text = Array(start.utf8) + bytes
      for cursor in [-5, 0, 1, 5, 7, 100, text.count, 999] {
        let found = CommandCompleter(KnownNames()).completions(of: text, at: cursor)
        #expect(found.range.lowerBound >= 0 && found.range.upperBound <= text.count)
      }
    }
  }
}
