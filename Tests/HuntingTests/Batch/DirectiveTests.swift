import Columnar
import FileAccess
import Findings
import SourceText
import Testing

@testable import Hunting

/// Reads headers of query files: good, bad and hostile ones.
struct DirectiveTests {
  private func directives(_ text: String, in folder: String = "q") -> FileDirectives {
    var reader = QueryFileReader(SimulatedFileSystem(texts: ["\(folder)/a.kql": text]))
    let file = reader.read("\(folder)/a.kql")
    #expect(file.problems.isEmpty, "\(file.problems.map(\.message))")
    return file.directives
  }

  private func problem(_ line: String) -> String? {
    var reader = QueryFileReader(
      SimulatedFileSystem(texts: ["a.kql": "// harrier: \(line)\nprint 1"])
    )
    return reader.read("a.kql").problems.first?.message
  }

  @Test func `a header says everything`() throws {
    let header = directives(
      """
      \u{FEFF}// Finds something.
      // harrier: load T(a:long, b:string) from data/t.csv
      //harrier:load ['my from table'] from /abs/x.ndjson

      /// harrier: watchlist admins from ../admins.csv
        //  Harrier: param who = a=b
      // harrier: expect rows >= 3
      // harrier: expect result 2 rows !=0
      // harrier: expect snapshot
      // harrier: expect error KS204 at 3:9
      // harrier: expect diagnostic HR012
      // harrier: timeout 5s
      // harrier: tenant a,b
      // harrier: timespan 30d
      // harrier: now 2026-01-01T00:00Z
      // harrier: allow-missing-tables
      // harrier: unordered
      // harrier: skip not today
      print 1
      """
    )
    var expected = FileDirectives()
    expected.fixtures = [
      Fixture(
        table: "T",
        columns: [ColumnSchema("a", .long), ColumnSchema("b", .string)],
        path: "q/data/t.csv"
      ),
      Fixture(table: "my from table", path: "/abs/x.ndjson"),
      Fixture(table: "_GetWatchlist admins", path: "q/../admins.csv"),
    ]
    expected.parameters = ["who": "a=b"]
    expected.expectations = [
      .rows(RowExpectation(.atLeast, 3)), .rows(RowExpectation(result: 2, .unequal, 0)),
      .snapshot, .error(code: "KS204", at: TextPosition(line: 3, column: 9)),
      .diagnostic(code: "HR012"),
    ]
    expected.timeoutSeconds = 5
    expected.tenants = "a,b"
    expected.timespan = .last(TimeSpan(ticks: 30 * TimeSpan.ticksPerDay))
    expected.now = DateTime(parsing: Array("2026-01-01T00:00:00Z".utf8))
    expected.allowsMissingTables = true
    expected.isUnordered = true
    expected.skipReason = "not today"
    #expect(header == expected)
  }

  @Test func `what cannot be followed is told, with what to write`() {
    let cases = [
      ("lod T from x", "'lod' is no directive; did you mean 'load'?"),
      ("", "no directive; there are load"),
      ("load T x.csv", "expected 'from'"),
      ("load T(a:lung) from x", "'lung' is no type"),
      ("load T from -", "standard input is no fixture"),
      ("param x", "has no '='"),
      ("param =1", "has no name"),
      ("expect row == 0", "'row' is no expectation; did you mean 'rows'?"),
      ("expect rows = 0", "expected one of =="),
      ("expect rows == -1", "is no count of rows"),
      ("expect rows == 99999999999999999999", "is no count of rows"),
      ("expect rows == 0 or so", "is no count of rows"),
      ("expect result 0 rows == 0", "from 1, found 0"),
      ("expect result 2 row == 0", "expected 'rows'"),
      ("expect snapshot now", "nothing can follow here"),
      ("expect error ks204", "is no code"),
      ("expect error KS204 on 1:1", "expected 'at LINE:COLUMN'"),
      ("expect error KS204 at 0:1", "is no place"),
      ("expect error KS204 at 3", "is no place"),
      ("expect diagnostic", "is no code"),
      ("timeout never", "is no time"),
      ("timeout -5s", "is no time"),
      ("timespan yes", "is no time"),
      ("now then", "is no time"),
      ("tenant a,,b", "names no tenants"),
      ("unordered yes", "takes no value"),
      ("skip", "write skip REASON"),
    ]
    for (line, message) in cases {
      #expect(problem(line)?.contains(message) == true, "\(line): \(problem(line) ?? "fine")")
    }
  }

  @Test func `a problem has its place`() {
    var reader = QueryFileReader(
      SimulatedFileSystem(texts: ["a.kql": "// x\n  // harrier: lod\nprint 1"])
    )
    let problem = reader.read("a.kql").problems.first
    #expect(problem?.code == "HR920")
    let region = problem?.region
    #expect([region?.startLine, region?.startColumn] == [2, 3])
    #expect([region?.endLine, region?.endColumn] == [2, 18])
  }

  @Test func `a key that counts once is stated once`() {
    let text = "// harrier: timeout 1s\n// harrier: timeout 2s\nprint 1"
    var reader = QueryFileReader(SimulatedFileSystem(texts: ["a.kql": text]))
    #expect(reader.read("a.kql").problems.map(\.message) == ["'timeout' is stated twice"])
  }

  @Test func `a directive behind the first token is not passed over`() throws {
    let problems = try BatchFolder.problems("print 1\n// harrier: expect rows == 5\n")
    #expect(problems.count == 1)
    #expect(problems.first?.contains("too late") == true)
  }

  @Test func `hostile headers end nothing`() throws {
    let hostile = [
      "// harrier: \u{0}\u{1B}[2J\u{202E}", "// harrier: load \u{0} from \u{0}",
      "// harrier: " + String(repeating: "expect ", count: 10_000),
      String(repeating: "// harrier: load a from b\n", count: 50_000), "// harrier:",
      "print 1\n" + String(repeating: "// harrier: load a from b\n", count: 50_000),
      "// harrier: load T from " + String(repeating: " from ", count: 2000),
    ]
    for text in hostile {
      let outcome = try BatchFolder(["q.kql": text + "\nprint 1"]).outcome("q.kql")
      #expect(outcome.status == .failed)
    }
    let bytes: [UInt8] = Array("// harrier: load ".utf8) + [0xFF, 0xFE, 0x0D, 0x0A, 0xC0]
    var reader = QueryFileReader(SimulatedFileSystem(["q.kql": bytes]))
    #expect(!reader.read("q.kql").problems.isEmpty)
  }

  @Test func `nearer directives stand before those farther off`() throws {
    let folder = BatchFolder([
      "q/fixtures.harrier": """
      # for all
      load T from t.csv
      load U from u.csv
      param x=outer
      param y=outer
      """,
      "q/sub/fixtures.harrier": "load U from u.csv\nparam y=inner\n",
      "q/t.csv": "a\n1\n",
      "q/u.csv": "a\n1\n",
      "q/sub/u.csv": "a\n1\n2\n3\n",
      "q/sub/a.kql": """
      // harrier: expect rows == 1
      declare query_parameters(x: string = "", y: string = "", z: string = "");
      T | extend n = toscalar(U | count) | where n == 3 and x == "outer" and y == "inner"
      | where z == "given"
      """,
      "q/sub/a.kql.expect": "param z=side\nexpect result 1 rows > 0\n",
    ])
    var options = folder.options
    options.parameters = ["z": "given"]
    var given = folder
    given.options = options
    #expect(try given.outcome("q/sub/a.kql").problems == [])
    #expect(try folder.outcome("q/sub/a.kql").problems.count == 2)
  }

  @Test func `a folder states no expectations`() throws {
    let folder = BatchFolder(["q/fixtures.harrier": "expect rows == 0", "q/a.kql": "print 1"])
    let problem = try #require(try folder.outcome("q/a.kql").problems.first)
    #expect(problem.file == "q/fixtures.harrier")
    #expect(problem.message.contains("expectations are of one query"))
  }
}
