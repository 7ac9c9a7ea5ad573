import Columnar
import Execution
import FileAccess
import Testing

@testable import Hunting

/// Records snapshots and holds results against them.
struct SnapshotTests {
  private static let header = "// harrier: expect snapshot\n"

  private func folder(_ query: String, _ mode: BatchOptions.SnapshotMode) -> BatchFolder {
    var folder = BatchFolder(["q.kql": query])
    folder.options.snapshots = mode
    return folder
  }

  /// The same files, run in another mode.
  private func comparing(_ folder: BatchFolder) -> BatchFolder {
    var folder = folder
    folder.options.snapshots = .compare
    return folder
  }

  private static let everyType = """
    print b = bool(null), c = true, i = int(-1), j = int(null), l = long(9223372036854775807),
      r = 0.1, n = real(nan), p = real(+inf), m = real(-inf), z = real(null),
      d = decimal(1.10), s = "\\"q\\"\\n\\u0000é\\u202e", e = "",
      t = datetime(2026-01-02T03:04:05.1234567Z), u = datetime(null), w = 1d + 2tick,
      g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), y = dynamic({"a":[1,null,"x"]}),
      x = dynamic(null), ["odd, name:"] = 1
    """

  @Test func `every type has its form`() throws {
    let folder = folder(Self.header + Self.everyType, .update)
    #expect(try folder.outcome("q.kql").snapshot == .created)
    let text = try folder.text("q.kql.snapshot")
    #expect(
      text == """
        # harrier snapshot 1
        # result 1
        b:bool, c:bool, i:int, j:int, l:long, r:real, n:real, p:real, m:real, z:real, d:decimal, \
        s:string, e:string, t:datetime, u:datetime, w:timespan, g:guid, y:dynamic, x:dynamic, \
        "odd, name:":long
        [null,true,-1,null,9223372036854775807,0.1,"NaN","Infinity","-Infinity",null,1.10,\
        "\\"q\\"\\n\\u0000é\u{202E}","","2026-01-02T03:04:05.1234567Z",null,"1.00:00:00.0000002",\
        "74be27de-1e4e-49d9-b579-fe0b331d3642",{"a":[1,null,"x"]},null,1]

        """
    )
    #expect(try comparing(folder).outcome("q.kql").problems == [])
    #expect(try folder.outcome("q.kql").snapshot == .unchanged)
  }

  @Test func `columns and types are part of it`() throws {
    let query = Self.header + "print a = long(1)"
    let folder = folder(query, .update)
    _ = try folder.outcome("q.kql")
    try folder.files.write(Array((Self.header + "print a = int(1)").utf8), to: "q.kql")
    let problem = try #require(try comparing(folder).outcome("q.kql").problems.first)
    #expect(problem.code == "HR923")
    #expect(problem.details == ["- a:long", "+ a:int"])
  }

  @Test func `rows that differ are shown, the first of them`() throws {
    let query = Self.header + "range x from 1 to 100 step 1"
    let folder = folder(query, .update)
    _ = try folder.outcome("q.kql")
    try folder.files.write(
      Array((query + " | where x != 50 | extend x = iff(x == 3, 33, x)").utf8),
      to: "q.kql"
    )
    let problem = try #require(try comparing(folder).outcome("q.kql").problems.first)
    #expect(problem.message == "the result has 99 rows, the snapshot 100; 3 lines differ")
    #expect(problem.details == ["- [3]", "+ [33]", "- [50]"])
    try folder.files.write(Array((query + " | extend x = -x").utf8), to: "q.kql")
    let other = try #require(try comparing(folder).outcome("q.kql").problems.first)
    #expect(other.details.count == 13)
    #expect(other.details.last == "… and 188 more lines")
  }

  @Test func `texts are compared by bytes`() throws {
    let folder = folder(Self.header + "print s = \"e\\u0301\"", .update)
    _ = try folder.outcome("q.kql")
    try folder.files.write(Array((Self.header + "print s = \"\\u00e9\"").utf8), to: "q.kql")
    #expect(try comparing(folder).outcome("q.kql").status == .failed)
  }

  @Test func `rows without an order are compared as a bag`() throws {
    let header = "// harrier: unordered\n" + Self.header
    let folder = folder(header + "datatable(x:long)[3,1,2,1]", .update)
    _ = try folder.outcome("q.kql")
    #expect(try folder.text("q.kql.snapshot").hasSuffix("\n[1]\n[1]\n[2]\n[3]\n"))
    for (rows, status) in [("1,1,2,3", FileOutcome.Status.passed), ("1,2,2,3", .failed)] {
      try folder.files.write(Array((header + "datatable(x:long)[\(rows)]").utf8), to: "q.kql")
      #expect(try comparing(folder).outcome("q.kql").status == status)
    }
  }

  @Test func `a snapshot that is there counts, stated or not`() throws {
    let folder = folder("print 1", .compare)
    #expect(try folder.outcome("q.kql").status == .passed)
    try folder.files.write(Array("# harrier snapshot 1\n".utf8), to: "q.kql.snapshot")
    #expect(
      try folder.outcome("q.kql").problems.map(\.message)
        == ["the snapshot has 0 results, the query 1"]
    )
  }

  @Test func `one that is missing is told, and only recorded where that is asked for`() throws {
    let stated = folder(Self.header + "print 1", .compare)
    #expect(
      try stated.outcome("q.kql").problems.map(\.message)
        == ["there is no snapshot yet; record it with --update"]
    )
    let bare = folder("print 1", .update)
    #expect(try bare.outcome("q.kql").snapshot == nil)
    #expect(throws: FileFailure.self) { try bare.text("q.kql.snapshot") }
    #expect(try folder("print 1", .record).outcome("q.kql").snapshot == .created)
    let counted = folder("// harrier: expect rows == 1\nprint 1", .record)
    #expect(try counted.outcome("q.kql").snapshot == nil)
  }

  @Test func `damaged ones are named, and never pass`() throws {
    let damaged = [
      "": "its first line is not", "# harrier snapshot 2\n": "its first line is not",
      "# harrier snapshot 1\n[1]\n": "line 2 is not '# result 1'",
      "# harrier snapshot 1\n# result 1\n": "line 2 is not '# result 1'",
      "# harrier snapshot 1\n# result 2\nx:long\n": "line 2 is not '# result 1'",
      "# harrier snapshot 1\n# result 1\nx:long\n[1\n": "line 4 is no row",
      "# harrier snapshot 1\n# result 1\nx:long\n1]\n": "line 4 is no row",
      "# harrier snapshot 1\n# result 1\nx:long\n<<<<<<< HEAD\n": "line 4 is no row",
    ]
    for (text, message) in damaged {
      let folder = folder(Self.header + "print x = 1", .compare)
      try folder.files.write(Array(text.utf8), to: "q.kql.snapshot")
      let problem = try #require(try folder.outcome("q.kql").problems.first)
      #expect(problem.message.contains(message), "\(text): \(problem.message)")
    }
  }

  @Test func `line ends of another system are no difference`() throws {
    let folder = folder(Self.header + "print x = 1", .compare)
    let text = "# harrier snapshot 1\r\n# result 1\r\nx:long\r\n[1]\r\n"
    try folder.files.write(Array(text.utf8), to: "q.kql.snapshot")
    #expect(try folder.outcome("q.kql").status == .passed)
  }

  @Test func `a write that fails keeps the old snapshot and fails the file`() throws {
    let folder = folder(Self.header + "print x = 2", .update)
    try folder.files.write(Array("old".utf8), to: "q.kql.snapshot")
    folder.files.failWriting("q.kql.snapshot", .noSpace)
    #expect(try folder.outcome("q.kql").problems.first?.code == "HR923")
    #expect(try folder.text("q.kql.snapshot") == "old")
  }

  @Test func `queries that fail record nothing`() throws {
    let folder = folder(Self.header + "print nope", .update)
    #expect(try folder.outcome("q.kql").status == .failed)
    #expect(throws: FileFailure.self) { try folder.text("q.kql.snapshot") }
  }
}
