import Columnar
import FileAccess
import HarrierTesting
import TableStore
import Testing

@testable import Hunting

/// What is exported is what ingestion takes back.
struct StoreExportTests {
  private let store: StoreFixture

  init() throws { store = try StoreFixture() }

  private func export(_ table: String, as format: StoreExport.Format) throws -> String {
    let snapshot = try store.open(.readOnly).snapshot()
    let entry = try #require(snapshot.tenant("default")?.table(table))
    var bytes: [UInt8] = []
    let rows = try StoreExport(snapshot).write(entry, as: format) { bytes += $0 }
    #expect(Int64(rows) == entry.rowCount)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let columns =
    "(b:bool, i:int, l:long, r:real, m:decimal, s:string, "
    + "t:datetime, d:timespan, g:guid, y:dynamic)"

  private static let hostile = #"""
    {"b":true,"i":-5,"l":9007199254740993,"r":0.1,"m":"12345678901234567890.123","s":"a,\"b\"\r\nc"}
    {"t":"2026-01-01T00:00:00.1234567Z","d":"1.02:03:04.5"}
    {"g":"74be27de-1e4e-49d9-b579-fe0b331d3642"}
    {"y":{"a":[1,"2",null],"b":"x,y"}}
    {"y":"text","s":"  blanks  "}
    {"y":"1","s":"\u001b[31m ünï 😀"}
    {"y":1,"r":"NaN"}
    {"y":[],"s":""}
    {}
    {"y":"{\"not\":\"parsed\"}","s":"null","r":1e300}

    """#

  @Test("a table comes back as it was", arguments: StoreExport.Format.allCases)
  func roundTrip(format: StoreExport.Format) throws {
    try store.ingest(Self.hostile, table: "Mine" + Self.columns)
    try store.ingest(#"{"b":false,"added":"later"}"#, table: "Mine")
    let text = try export("Mine", as: format)
    let other = try StoreFixture()
    let path = "mine." + format.rawValue
    let files = SimulatedFileSystem(texts: [path: text])
    let request = try LoadRequest(specification: "Mine" + Self.columns + "=" + path)
    let answer = try StoreIngestion(try other.open(.readWrite), files: files)
      .ingest(request, tenant: "default", batch: nil)
    #expect(answer.outcome.acceptedRows == 11 && answer.outcome.deadLetters == 0)
    #expect(answer.reports.flatMap(\.messages) == [])
    let query = "Mine | extend shape = gettype(y) | project-reorder * asc"
    #expect(try other.answer(query) == store.answer(query))
  }

  @Test(
    "rows that look like envelopes come back as rows",
    arguments: [
      ("(records:dynamic)", #"{"records":[{"a":1},7]}"#),
      (
        "(category:string, properties:dynamic)",
        #"{"category":"AdvancedHunting-DeviceInfo","properties":{"DeviceName":"a"}}"#
      ),
    ]
  )
  func envelopeColumns(columns: String, line: String) throws {
    for _ in 0..<2 {
      let answer = try store.ingest(line + "\n", table: "Mine" + columns)
      #expect(answer.outcome.acceptedRows == 1 && answer.outcome.deadLetters == 0)
    }
    let text = try export("Mine", as: .ndjson)
    #expect(text == line + "\n" + line + "\n")
    let other = try StoreFixture()
    #expect(try other.ingest(text, table: "Mine" + columns).outcome.acceptedRows == 2)
    // The store knows the columns from now on.
    #expect(try other.ingest(text, table: "Mine").outcome.acceptedRows == 2)
    #expect(try other.answer("Mine | take 1") == store.answer("Mine | take 1"))
  }

  @Test("rows keep their order over segments, and empty lines are rows")
  func order() throws {
    for part in 0..<3 {
      let range = part * 5000..<part * 5000 + 5000
      try store.ingest(range.map { "{\"n\":\($0)}" }.joined(separator: "\n"), table: "N(n:long)")
    }
    let lines = try export("N", as: .ndjson).split(separator: "\n")
    #expect(lines.count == 15_000 && lines[9_999] == #"{"n":9999}"#)
    try store.ingest("{\"s\":\"\"}\n{\"s\":\"x\"}\n", table: "S(s:string)")
    #expect(try export("S", as: .csv) == "s\n\"\"\nx\n")
  }

  @Test("a file appears when it is complete, or not at all")
  func wholeFiles() throws {
    let folder = try TemporaryFolder()
    let files = LocalFileSystem()
    let path = folder.path + "/out"
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try files.replaceWhole(path) { write in
        try Array("half".utf8).withUnsafeBytes { try write($0) }
        throw Stop()
      }
    }
    #expect(try files.list(folder.path).isEmpty)
    try files.replaceWhole(path) { write in
      try Array("whole".utf8).withUnsafeBytes { try write($0) }
    }
    #expect(try files.list(folder.path) == ["out"])
    #expect(try files.readAll(path, limitBytes: 100) == Array("whole".utf8))
  }
}
