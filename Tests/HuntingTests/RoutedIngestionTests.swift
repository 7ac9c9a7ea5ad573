import Columnar
import FileAccess
import TableStore
import Testing

@testable import Hunting

/// Events go to the tables that they name, rows to the tenants that they name.
struct RoutedIngestionTests {
  private let store: StoreFixture

  init() throws { store = try StoreFixture() }

  private func route(
    _ text: String,
    path: String = "in.json",
    tenantColumn: String? = nil,
    batch: String? = nil,
    limits: LoadLimits = LoadLimits()
  ) throws -> StoreIngestion.Answer {
    let files = SimulatedFileSystem(texts: [path: text])
    var request = LoadRequest(routing: [path])
    request.tenantColumn = tenantColumn
    return try StoreIngestion(try store.open(.readWrite), files: files, limits: limits)
      .ingest(request, tenant: "default", batch: batch)
  }

  private static func event(
    _ table: String,
    _ properties: String,
    tenant: String = "t-1"
  ) -> String {
    """
    {"time":"2026-01-02T03:04:05Z","tenantId":"\(tenant)","operationName":"Publish",\
    "category":"AdvancedHunting-\(table)","properties":\(properties)}
    """
  }

  private func letters() throws -> [DeadLetter] {
    let open = try store.open(.readOnly)
    return try open.deadLetterFiles().flatMap { file -> [DeadLetter] in
      let reader = try open.readDeadLetters(file)
      var letters: [DeadLetter] = []
      while let letter = try reader.next() { letters.append(letter) }
      return letters
    }
  }

  @Test("each event of a stream goes to the table that its category names")
  func defender() throws {
    let lines = [
      Self.event("DeviceProcessEvents", #"{"DeviceName":"a","ProcessId":7}"#),
      Self.event("DeviceLogonEvents", #"{"DeviceName":"b","LogonType":"Network"}"#),
      Self.event("DeviceProcessEvents", #"{"DeviceName":"c","ProcessId":8}"#),
    ]
    for text in [
      lines.joined(separator: "\n"), "[" + lines.joined(separator: ",\n") + "]",
      #"{"records":["# + lines.joined(separator: ",") + "]}\n",
      "{\"records\": [\n" + lines.joined(separator: ",\n") + "\n]\n}",
    ] {
      let answer = try route(text)
      #expect(answer.outcome.acceptedRows == 3 && answer.outcome.deadLetters == 0)
      #expect(answer.shares.map(\.table) == ["DeviceLogonEvents", "DeviceProcessEvents"])
      #expect(answer.shares.map(\.acceptedRows) == [1, 2])
    }
    let rows = try store.answer(
      "DeviceProcessEvents | summarize n = count() by DeviceName, ProcessId | sort by ProcessId asc"
    )
    #expect(rows == [["a", "7", "4"], ["c", "8", "4"]])
    #expect(try store.answer("DeviceLogonEvents | where LogonType == 'Network' | count") == [["4"]])
  }

  @Test("resource logs have the members of the object and of its properties")
  func resourceLogs() throws {
    let text = """
      {"records":[{"time":"2026-01-02T03:04:05Z","category":"SignInLogs","tenantId":"t-9",\
      "resultType":"0","properties":{"userPrincipalName":"ann@x","ipAddress":"1.2.3.4"}}]}
      """
    #expect(try route(text).outcome.acceptedRows == 1)
    #expect(try route(text, tenantColumn: "TenantId").shares.map(\.tenant) == ["t-9"])
    let query = "SigninLogs | project TimeGenerated, UserPrincipalName, IPAddress, ResultType"
    let expected = [["2026-01-02T03:04:05.0000000Z", "ann@x", "1.2.3.4", "0"]]
    #expect(try store.answer(query) == expected)
    #expect(try store.answer(query, tenant: "t-9") == expected)
  }

  @Test("exported rows go to the table of their Type, which may be one of the store")
  func exportedRows() throws {
    _ = try store.ingest("{\"a\":1}", table: "Mine(a:long)")
    let text = """
      {"TimeGenerated":"2026-01-02T00:00:00Z","Type":"SecurityEvent","EventID":4688}
      {"a":2,"Type":"Mine"}
      """
    #expect(try route(text).outcome.acceptedRows == 2)
    #expect(try store.answer("SecurityEvent | project EventID") == [["4688"]])
    #expect(try store.answer("Mine | summarize sum(a)") == [["3"]])
  }

  @Test("what names no known table becomes a dead letter, and the sum is what was sent")
  func unrouted() throws {
    let good = Self.event("DeviceInfo", #"{"DeviceName":"a"}"#)
    let bad = [
      Self.event("NoSuchTable", #"{"DeviceName":"a"}"#), #"{"DeviceName":"plain"}"#,
      #"{"category":"AdvancedHunting-DeviceInfo","properties":"text"}"#, #"{"category":"x"}"#,
      "{\"Type\":\"\u{1b}[31m\"}".replacingEscape, "7", "not json",
      #"{"records":[{"Type":"Nope"}]}"#,
    ]
    let answer = try route(([good] + bad).joined(separator: "\n") + "\n", path: "in.ndjson")
    #expect(answer.outcome.acceptedRows == 1 && answer.outcome.deadLetters == Int64(bad.count))
    #expect(answer.shares.map(\.deadLetters) == [0, bad.count])
    let letters = try letters()
    #expect(letters.allSatisfy { !$0.reason.isEmpty })
    let expected = bad.dropLast() + [#"{"Type":"Nope"}"#]
    #expect(Set(letters.map { String(decoding: $0.bytes, as: UTF8.self) }) == Set(expected))
    #expect(
      letters.first?.reason == "the category 'AdvancedHunting-NoSuchTable' names no known table"
    )
  }

  @Test("events within one record are dead letters by themselves")
  func partsOfRecords() throws {
    let good = Self.event("DeviceInfo", #"{"DeviceName":"a"}"#)
    let bad = Self.event("Nope", #"{"x":"ü"}"#)
    let text = #"{"records":["# + [good, bad, good, "5"].joined(separator: ", ") + "]}\n"
    let answer = try route(text)
    #expect(answer.outcome.acceptedRows == 2 && answer.outcome.deadLetters == 2)
    let letters = try letters()
    #expect(letters.map { String(decoding: $0.bytes, as: UTF8.self) } == [bad, "5"])
    let offset = try #require(letters.first?.offset)
    #expect(Array(text.utf8)[Int(offset)...].starts(with: bad.utf8))
  }

  @Test("events of other tables than the one asked for are kept, byte for byte with their place")
  func foreignEvents() throws {
    let own = Self.event("DeviceInfo", #"{"DeviceName":"a"}"#)
    let foreign = Self.event("DeviceEvents", #"{"DeviceName":"ü","x": [1,  2]}"#)
    let lines = [own, foreign, #"{"records":["# + [own, foreign].joined(separator: ", ") + "]}"]
    let text = lines.joined(separator: "\n") + "\n"
    let answer = try store.ingest(text, table: "DeviceInfo")
    #expect(answer.outcome.acceptedRows == 2 && answer.outcome.deadLetters == 2)
    #expect(answer.reports.map(\.foreignEventCount) == [0])
    let letters = try letters()
    #expect(letters.map { String(decoding: $0.bytes, as: UTF8.self) } == [foreign, foreign])
    #expect(
      Set(letters.map(\.reason)) == ["the event is of the table 'DeviceEvents', not of DeviceInfo"]
    )
    for letter in letters {
      #expect(Array(text.utf8)[Int(letter.offset)...].starts(with: foreign.utf8))
    }
    #expect(letters.map(\.line) == [2, 3])
  }

  @Test("a replay routes anew, once the table is known")
  func replay() throws {
    #expect(try route("{\"a\":5,\"Type\":\"Mine\"}\n[1\n").outcome.deadLetters == 2)
    _ = try store.ingest("{\"a\":1}", table: "Mine(a:long)")
    let open = try store.open(.readWrite)
    let file = try #require(try open.deadLetterFiles().first)
    let outcome = try DeadLetterReplay(open).replay(file).outcome
    #expect(outcome.acceptedRows == 1 && outcome.deadLetters == 1)
    #expect(try store.answer("Mine | summarize sum(a)") == [["6"]])
  }

  @Test("blocks are cut anywhere and threads are many; the answer is the same")
  func blocks() throws {
    let tables = ["DeviceInfo", "DeviceEvents", "Nope"]
    let text = (0..<600).map {
      Self.event(tables[$0 % 3], #"{"DeviceName":"d\#($0)"}"#, tenant: "t\($0 % 2)")
    }.joined(separator: "\n")
    var limits = LoadLimits()
    limits.blockBytes = 700
    limits.threads = 3
    let answer = try route(text, path: "in.ndjson", tenantColumn: "TenantId", limits: limits)
    #expect(answer.outcome.acceptedRows == 400 && answer.outcome.deadLetters == 200)
    for tenant in ["t0", "t1"] {
      #expect(
        try store.answer("union DeviceInfo, DeviceEvents | count", tenant: tenant) == [["200"]]
      )
    }
    let first = try store.answer("DeviceInfo | take 2 | project DeviceName", tenant: "t0")
    #expect(first == [["d0"], ["d6"]])
  }

  @Test("CSV names no tables")
  func delimited() {
    #expect(throws: IngestionFailure.self) { try route("a,b\n1,2\n", path: "in.csv") }
  }

  // MARK: Tenants

  private func split(
    _ text: String,
    path: String,
    batch: String? = nil,
    tenant: String = "home"
  ) throws -> StoreIngestion.Answer {
    let files = SimulatedFileSystem(texts: [path: text])
    var request = LoadRequest(table: "DeviceInfo", paths: [path])
    request.tenantColumn = "TenantId"
    return try StoreIngestion(try store.open(.readWrite), files: files)
      .ingest(request, tenant: tenant, batch: batch)
  }

  @Test("rows go to the tenants that a column names; those that name none are kept")
  func tenants() throws {
    let json = """
      {"DeviceName":"a","TenantId":"x"}
      {"DeviceName":"b","TenantId":"y"}
      {"DeviceName":"c"}
      {"DeviceName":"d","TenantId":""}
      {"DeviceName":"e","TenantId":null}
      {"DeviceName":"f","TenantId":{"a":1}}
      {"DeviceName":"g","TenantId":"x\\u0000y"}
      {"DeviceName":"h","TenantId":"\(String(repeating: "ü", count: 90))"}
      {"DeviceName":"i","TenantId":"x"}

      """
    let csv = "DeviceName,TenantId\nj,x\nk,\nl,\"y\"\n\"m\nn\",\n"
    #expect(try split(json, path: "in.ndjson").outcome.acceptedRows == 3)
    let answer = try split(csv, path: "in.csv")
    #expect(answer.outcome.acceptedRows == 2 && answer.outcome.deadLetters == 2)
    #expect(answer.shares.map(\.tenant) == ["home", "x", "y"])
    let query = "DeviceInfo | summarize make_list(DeviceName)"
    #expect(try store.answer(query, tenant: "x") == [[#"["a","i","j"]"#]])
    #expect(try store.answer(query, tenant: "y") == [[#"["b","l"]"#]])
    #expect(try store.answer(query, tenant: "home") == [["[]"]])
    let letters = try letters()
    #expect(letters.count == 8)
    #expect(letters.first?.reason == "the row has no TenantId")
    #expect(letters.last?.bytes == Array("\"m\nn\",".utf8))
  }

  @Test("a tenant without a name is none, also in the first row")
  func namelessTenant() throws {
    let text = """
      {"DeviceName":"a","TenantId":""}
      {"DeviceName":"b","TenantId":"x"}

      """
    let answer = try split(text, path: "in.ndjson")
    #expect(answer.outcome.acceptedRows == 1 && answer.outcome.deadLetters == 1)
    #expect(try letters().map(\.reason) == ["TenantId: the name of a tenant is empty"])
  }

  @Test("a batch lands once, whoever sends it again")
  func idempotence() throws {
    let text =
      "{\"DeviceName\":\"a\",\"TenantId\":\"x\"}\n{\"DeviceName\":\"b\",\"TenantId\":\"y\"}\n"
    #expect(try split(text, path: "in.ndjson", batch: "b1").outcome.isNew)
    let again = try split(text, path: "in.ndjson", batch: "b1")
    #expect(!again.outcome.isNew && again.outcome.acceptedRows == 2)
    let own = try store.ingest(
      "{\"DeviceName\":\"a\"}",
      table: "DeviceInfo",
      tenant: "x",
      batch: "b1"
    )
    #expect(!own.outcome.isNew && own.outcome.acceptedRows == 1)
    _ = try store.ingest("{\"DeviceName\":\"a\"}", table: "DeviceInfo", tenant: "y", batch: "b2")
    #expect(throws: (any Error).self) { try split(text, path: "in.ndjson", batch: "b2") }
    #expect(try store.answer("DeviceInfo | count", tenant: "x") == [["1"]])
    #expect(try store.answer("DeviceInfo | count", tenant: "y") == [["2"]])
  }

  @Test("a replay gives rows to tenants too, and reads CSV with the names of its file")
  func replayOfTenants() throws {
    let csv = "TenantId;DeviceName\nx;a\n;b\nx;c;d\nx;\"open\n;e\n"
    let answer = try split(csv, path: "in.csv")
    #expect(answer.outcome.acceptedRows == 1 && answer.outcome.deadLetters == 4)
    let open = try store.open(.readWrite)
    let file = try #require(try open.deadLetterFiles().first)
    let replayed = try DeadLetterReplay(open).replay(file)
    #expect(replayed.outcome.acceptedRows == 0 && replayed.outcome.deadLetters == 4)
    #expect(replayed.reports[0].badLines.map(\.reason).contains("expected 2 fields, found 3"))
    let reader = try open.readDeadLetters(try #require(try open.deadLetterFiles().first))
    var texts: [String] = []
    while let letter = try reader.next() {
      texts.append(String(decoding: letter.bytes, as: UTF8.self))
    }
    #expect(texts == [";b", "x;c;d", "x;\"open", ";e"])
  }
}

extension String {
  /// The text with an escape sequence written as JSON wants it.
  fileprivate var replacingEscape: String {
    split(separator: "\u{1b}", omittingEmptySubsequences: false).joined(separator: "\\u001b")
  }
}
