import Columnar
import Hunting
import Testing

/// Holds the forms of JSON files to the rows that they must give.
struct JSONLoadingTests {
  @Test(arguments: [1, 5, 1 << 20])
  func `one object a line, however short the reads are`(longestRead: Int) throws {
    let text = """
      {"a":1,"b":"x","c":true}

      {"b":"y \\"q\\" \\\\ \\u00e9 \\ud83d\\ude00","a":-2,"c":null}\r
      { "a" : 3 , "b" : "" , "d" : {"k":[1,2]} }
      """
    let (table, report) = try LoadedText.load(text, longestRead: longestRead)
    #expect(LoadedText.schema(table) == "a:long b:string c:bool d:dynamic")
    #expect(
      LoadedText.rows(table) == [
        "1|x|true|∅", "-2|y \"q\" \\ é 😀|∅|∅", "3||∅|{\"k\":[1,2]}",
      ]
    )
    #expect(report.rowCount == 3 && report.messages.isEmpty)
  }

  @Test(arguments: [
    "[{\"a\":1},{\"a\":2}]",
    "[\n  {\n \"a\": 1\n },\n {\"a\"\n:2}\n]\n",
    "{\n \"a\":\n 1\n}\n{\n \"a\": 2 }\n",
    "{\"records\":[{\"a\":1},{\"a\":2}]}",
    "[{\"a\":1}]\n[{\"a\":2}]",
    "\u{FEFF}{\"a\":1}\n{\"a\":2}",
  ])
  func `arrays, spread objects and batches give their events`(text: String) throws {
    for longestRead in [1, 1000] {
      let (table, report) = try LoadedText.load(text, longestRead: longestRead)
      #expect(LoadedText.rows(table) == ["1", "2"])
      #expect(report.badLineCount == 0)
    }
  }

  @Test func `streaming envelopes give their properties`() throws {
    let event = { (table: String, id: Int) in
      "{\"time\":\"2026-01-01T00:00:00Z\",\"tenantId\":\"t1\",\"category\":"
        + "\"AdvancedHunting-\(table)\",\"properties\":{\"Timestamp\":"
        + "\"2026-01-01T00:00:01Z\",\"ProcessId\":\(id),\"AdditionalFields\":\"{\\\"k\\\":1}\"}}"
    }
    let text =
      event("DeviceProcessEvents", 1) + "\n{\"records\":[" + event("DeviceEvents", 2) + ","
      + event("DeviceProcessEvents", 3) + "]}\n"
    let (table, report) = try LoadedText.load(text, table: "DeviceProcessEvents")
    let names = ["TimeGenerated", "ProcessId", "TenantId", "AdditionalFields", "FileName"]
    #expect(
      LoadedText.rows(table, names) == [
        "2026-01-01T00:00:01.0000000Z|1|t1|{\"k\":1}|",
        "2026-01-01T00:00:01.0000000Z|3|t1|{\"k\":1}|",
      ]
    )
    #expect(report.foreignEventCount == 1)
    #expect(report.addedColumns.isEmpty)
  }

  @Test func `a damaged line is reported and leaves nothing behind`() throws {
    let lines = [
      "{\"a\":1}", "{\"a\":2,\"b\":}", "{\"a\":3", "nonsense", "{\"a\":4} x", "[1]",
      "{\"a\":\"\\x\"}", "{\"a\":[1,}", "{\"a\":05}", "{\"a\":6}",
    ]
    let (table, report) = try LoadedText.load(lines.joined(separator: "\n"))
    #expect(LoadedText.schema(table) == "a:long")
    #expect(LoadedText.rows(table) == ["1", "6"])
    #expect(report.badLines.map(\.line) == [2, 3, 4, 5, 6, 7, 8, 9])
    #expect(report.badLineCount + report.rowCount == lines.count)
    #expect(report.badLines.first?.reason == "expected a value, found '}'")
  }

  @Test func `a damaged element of an array is passed over where lines allow`() throws {
    let text = "[\n{\"a\":1},\n{\"a\":oops},\n{\"a\":3}\n]"
    let (table, report) = try LoadedText.load(text)
    #expect(LoadedText.rows(table) == ["1", "3"])
    #expect(report.badLines.map(\.line) == [3])
  }

  @Test(arguments: [
    "[{\"a\":1},{\"a\":2}", "[{\"a\":1},{\"a\"", "[{\"a\":1}] x", "[{\"a\":x},{\"a\":1}]",
  ])
  func `an array that cannot be read to its end is refused`(text: String) {
    #expect(throws: IngestionFailure.self) { try LoadedText.load(text) }
  }

  @Test func `the later of two members with one key counts`() throws {
    let (table, _) = try LoadedText.load("{\"a\":1,\"b\":2,\"a\":3}\n{\"a\":4,\"b\":5}")
    #expect(LoadedText.rows(table, ["a", "b"]) == ["3|2", "4|5"])
  }

  @Test func `bytes that are no UTF-8 are replaced and counted`() throws {
    let bytes = Array("{\"a\":\"x".utf8) + [0xE9, 0x41] + Array("\"}\n".utf8)
    for longestRead in [1, 100] {
      let (table, report) = try LoadedText.load(bytes: bytes, longestRead: longestRead)
      #expect(LoadedText.rows(table) == ["x\u{FFFD}A"])
      #expect(report.replacedSequenceCount == 1)
    }
  }

  @Test func `a line above the limit is passed over`() throws {
    var limits = LoadLimits()
    limits.recordBytes = 1 << 20
    let long = "{\"a\":\"" + String(repeating: "x", count: 9 << 20) + "\"}"
    let (table, report) = try LoadedText.load(
      "{\"a\":\"1\"}\n\(long)\n{\"a\":\"2\"}",
      limits: limits
    )
    #expect(LoadedText.rows(table) == ["1", "2"])
    #expect(report.badLines.map(\.line) == [2])
  }

  @Test func `nesting is bounded`() throws {
    let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    let (_, report) = try LoadedText.load("{\"a\":\(deep)}\n{\"a\":1}")
    #expect(report.badLines.first?.reason == "values are nested more than 500 deep")
  }

  @Test func `ten thousand columns load, too many are refused`() throws {
    let wide = (0..<10_000).map { "\"c\($0)\":\($0)" }.joined(separator: ",")
    let (table, _) = try LoadedText.load("{\(wide)}\n{\(wide)}")
    #expect(table.schema.columns.count == 10_000 && table.rowCount == 2)
    var limits = LoadLimits()
    limits.columns = 100
    #expect(throws: IngestionFailure.self) { try LoadedText.load("{\(wide)}", limits: limits) }
  }

  @Test func `memory is charged as rows come`() throws {
    struct Full: Error {}
    var limits = LoadLimits()
    limits.charge = { bytes in if bytes > 1 << 20 { throw Full() } }
    let line = "{\"a\":\"\(String(repeating: "x", count: 2 << 20))\"}\n"
    #expect(throws: Full.self) { try LoadedText.load(line + line, limits: limits) }
  }
}
