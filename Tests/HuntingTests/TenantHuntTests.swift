import Columnar
import Execution
import FileAccess
import Glibc
import HarrierTesting
import Hunting
import SourceText
import TableStore
import Tenancy
import Testing

/// Queries over the tables of several tenants.
@Suite("Hunting across tenants") struct TenantHuntTests {
  private let store: StoreFixture

  /// Three tenants; the last has a table of its own and another type in a common one.
  init() throws {
    store = try StoreFixture()
    let event = { (tenant: String, number: Int) in
      """
      {"Timestamp":"2026-01-0\(number + 1)T00:00:00Z","DeviceName":"\(tenant)-\(number)",\
      "ProcessId":\(number)}\n
      """
    }
    for (tenant, count) in [("a", 2), ("b", 3), ("c", 1)] {
      let text = (0..<count).map { event(tenant, $0) }.joined()
      try store.ingest(text, tenant: tenant)
    }
    try store.ingest("{\"x\":1}\n", table: "Own(x:long)", tenant: "a")
    try store.ingest("{\"x\":\"text\"}\n", table: "Own(x:string)", tenant: "c")
    try store.ingest("{\"y\":7}\n", table: "Only(y:long)", tenant: "b")
  }

  private func engine(_ tenants: String..., window: TimeSpan? = nil) throws -> HuntingEngine {
    var engine = HuntingEngine(clock: store.clock)
    try engine.attach(try store.open(.readOnly).snapshot(), tenants: tenants)
    engine.timeWindow = window
    return engine
  }

  private func answer(
    _ text: String,
    _ engine: HuntingEngine,
    perTenant: Bool = false,
    rowLimit: Int = HuntingEngine.perTenantRowLimit
  ) throws -> HuntingAnswer {
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    return try perTenant
      ? engine.runPerTenant(SourceText(text), budget: budget, rowLimit: rowLimit)
      : engine.run(SourceText(text), budget: budget)
  }

  private func rows(_ answer: HuntingAnswer) throws -> [[String]] {
    var rows: [[String]] = []
    try answer.tables[0].result.forEachRow { rows.append($0.map(Cells.cell)) }
    return rows
  }

  private func columns(_ answer: HuntingAnswer) -> [String] {
    answer.tables[0].result.schema.columns.map(\.name)
  }

  @Test("Aggregates, joins and top are over the rows of all") func global() throws {
    let all = try engine("a", "b", "c")
    let counted = try answer(
      "DeviceProcessEvents | summarize n=count() by TenantName | sort by n",
      all
    )
    #expect(try rows(counted) == [["b", "3"], ["a", "2"], ["c", "1"]])
    #expect(try rows(answer("DeviceProcessEvents | count", all)) == [["6"]])
    let top = try answer(
      "DeviceProcessEvents | top 1 by Timestamp | project DeviceName, TenantId",
      all
    )
    #expect(try rows(top) == [["b-2", "b"]])
    let joined = try answer(
      "DeviceProcessEvents | join kind=inner (DeviceProcessEvents) on ProcessId | count",
      all
    )
    #expect(try rows(joined) == [["14"]])
    let apart = try answer(
      "DeviceProcessEvents | join kind=inner (DeviceProcessEvents) on ProcessId, TenantId | count",
      all
    )
    #expect(try rows(apart) == [["6"]])
  }

  @Test("The tenant's columns are listed where several are in scope, and only then")
  func listed() throws {
    let query = "DeviceProcessEvents | where ProcessId == 0"
    let several = try answer(query, engine("a", "b"))
    #expect(columns(several).last == "TenantName")
    #expect(try !columns(answer(query, engine("a"))).contains("TenantName"))
    let only = try answer("Only | take 1", engine("a", "b"))
    #expect(columns(only) == ["y", "TenantId", "TenantName"])
    #expect(try columns(answer("Only | take 1", engine("b"))) == ["y"])
    #expect(try rows(answer(query + " | search 'b' | count", engine("a", "b"))) == [["1"]])
  }

  @Test(
    "One tenant's name can be used although no table lists it",
    arguments: [
      ("where TenantName == 'a' | count", ["2"]),
      ("where TenantId != 'a' | count", ["0"]),
      ("summarize n=count() by TenantId | project TenantId, n", ["a", "2"]),
      ("top 1 by ProcessId | project TenantName, ProcessId", ["a", "1"]),
      ("top 1 by ProcessId | project-keep TenantName, ProcessId", ["1", "a"]),
      ("top 1 by ProcessId | project ProcessId, DeviceName | project-away TenantId", ["1", "a-1"]),
      ("take 1 | project ProcessId=1 | project-rename T=TenantName", ["1", "a"]),
      ("distinct TenantName", ["a"]),
      ("extend t = strcat(TenantName, '!') | take 1 | project t", ["a!"]),
      ("join kind=inner (DeviceProcessEvents) on ProcessId, TenantId | count", ["2"]),
    ]
  )
  func constants(_ pipe: String, _ expected: [String]) throws {
    let found = try rows(answer("DeviceProcessEvents | \(pipe)", engine("a")))
    #expect(found == [expected])
  }

  @Test("A condition on the tenant opens no files of others") func pruning() throws {
    let engine = try engine("a", "b")
    try damage("b")
    let found = try answer("DeviceProcessEvents | where TenantName == 'a' | count", engine)
    #expect(try rows(found) == [["2"]])
    #expect(found.failures.isEmpty)
  }

  @Test("Where a tenant's files are damaged, the others answer and it is named")
  func damaged() throws {
    let engine = try engine("a", "b")
    try damage("b")
    for perTenant in [false, true] {
      let found = try answer(
        "DeviceProcessEvents | project DeviceName",
        engine,
        perTenant: perTenant
      )
      #expect(try rows(found).map { $0[0] }.sorted() == ["a-0", "a-1"])
      #expect(found.failures.map(\.tenant.name) == ["b"])
      #expect(columns(found) == ["DeviceName"] + (perTenant ? ["TenantId", "TenantName"] : []))
    }
  }

  /// Cuts the segments of a tenant.
  private func damage(_ tenant: String) throws {
    let snapshot = try store.open(.readOnly).snapshot()
    for table in try #require(snapshot.tenant(tenant)).tables {
      for segment in table.segments { #expect(truncate(segment.path, 3) == 0) }
    }
  }

  @Test("Columns of one name and two types leave the later tenant out, by name")
  func conflicts() throws {
    let found = try answer("Own | project x", engine("a", "c"))
    #expect(try rows(found) == [["1"]])
    #expect(found.failures.map(\.tenant.name) == ["c"])
    #expect(found.failures.first?.failure.message.contains("'x'") == true)
    #expect(try answer("DeviceProcessEvents | count", engine("a", "c")).failures.isEmpty)
  }

  @Test("Per tenant, every statement runs in each") func perTenant() throws {
    let all = try engine("a", "b", "c")
    let taken = try answer("DeviceProcessEvents | take 1 | project p=1", all, perTenant: true)
    #expect(try rows(taken) == [["1", "a", "a"], ["1", "b", "b"], ["1", "c", "c"]])
    #expect(columns(taken) == ["p", "TenantId", "TenantName"])
    let counted = try answer("DeviceProcessEvents | count", all, perTenant: true)
    #expect(try rows(counted).map { $0[0] } == ["2", "3", "1"])
    let named = try answer("DeviceProcessEvents | summarize by TenantName", all, perTenant: true)
    #expect(try rows(named) == [["a", "a"], ["b", "b"], ["c", "c"]])
    let only = try answer("Only | project y", all, perTenant: true)
    #expect(try rows(only) == [["7", "b", "b"]])
    #expect(only.failures.map(\.tenant.name) == ["a", "c"], "they lack the table")
    #expect(only.failures.allSatisfy { $0.failure.message.contains("'Only' has no data here") })
    let types = try answer("Own | project x", all, perTenant: true)
    #expect(columns(types) == ["x_long", "x_string", "TenantId", "TenantName"])
    #expect(try rows(types).count == 2)
  }

  @Test(
    "Per tenant, a table may be missing where a query names a pattern, or says so",
    arguments: [
      "union Onl* | project y", "union isfuzzy=true Only, (print y = 1) | project y", "search 'b'",
    ]
  )
  func patterns(text: String) throws {
    let found = try answer(text, engine("a", "b"), perTenant: true)
    #expect(found.failures.isEmpty)
    #expect(try rows(found).contains { $0.contains("b") })
  }

  @Test("Per tenant, missing tables may count as empty") func allowed() throws {
    var engine = try engine("a", "b")
    engine.allowsMissingTables = true
    let found = try answer("Only | count", engine, perTenant: true)
    #expect(try rows(found).map { $0[0] } == ["0", "1"])
    #expect(found.failures.isEmpty)
  }

  @Test("Per tenant, each has its share of the rows, and what is cut is said") func shares() throws
  {
    let found = try answer(
      "DeviceProcessEvents | project ProcessId",
      engine("a", "b", "c"),
      perTenant: true,
      rowLimit: 4
    )
    #expect(try rows(found).count == 3)
    #expect(found.cutRows == [3])
  }

  @Test("A text with errors is rejected once") func rejected() throws {
    #expect(throws: QueryRejection.self) {
      try answer("DeviceProcessEvents | where Nothing == 1", engine("a", "b"), perTenant: true)
    }
  }

  @Test("A text that no tenant can answer fails") func allFail() throws {
    #expect(throws: QueryFailure.self) {
      try answer("AlertInfo | count", engine("a", "b"), perTenant: true)
    }
  }
}

/// A query that says nothing of time reads the last days of a store.
@Suite("The default time window") struct TimeWindowTests {
  private let store: StoreFixture

  /// One event an hour ago, one forty days ago.
  init() throws {
    store = try StoreFixture()
    let now = DateTime(ticks: store.clock.wallTicks)
    let text = [0, 40].map { days in
      var sink = ByteSink()
      sink.append(text: "{\"Timestamp\":\"")
      let age = Int64(days) * TimeSpan.ticksPerDay + TimeSpan.ticksPerHour
      sink.append(datetime: DateTime(ticks: now.ticks - age))
      sink.append(text: "\",\"DeviceName\":\"d\(days)\",\"ProcessCreationTime\":\"2020-01-01\"}\n")
      return sink.text()
    }
    try store.ingest(text.joined())
  }

  private func answer(_ text: String, days: Int64?) throws -> (rows: String, isCut: Bool) {
    var engine = HuntingEngine(clock: store.clock)
    try engine.attach(try store.open(.readOnly).snapshot(), tenant: "default")
    engine.timeWindow = days.map { TimeSpan(ticks: $0 * TimeSpan.ticksPerDay) }
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    let answer = try engine.run(SourceText(text), budget: budget)
    var cell = ""
    try answer.tables[0].result.forEachRow { cell = $0.map(Cells.cell).joined() }
    return (cell, answer.hiddenBefore != nil)
  }

  @Test(
    "Queries that say nothing of time are held to it",
    arguments: [
      "DeviceProcessEvents | count",
      "let T = DeviceProcessEvents | where DeviceName startswith 'd'; T | count",
      "union DeviceProcessEvents | count",
      "DeviceProcessEvents | where ProcessCreationTime > datetime(2019-01-01) | count",
      "print n = toscalar(DeviceProcessEvents | count)",
      "DeviceProcessEvents | extend day = startofday(Timestamp) | count",
      "search 'd40' or 'd0' | count",
    ]
  )
  func held(_ text: String) throws {
    #expect(try answer(text, days: 30) == ("1", true))
    #expect(try answer(text, days: 60) == ("2", false))
    #expect(try answer(text, days: nil) == ("2", false))
  }

  @Test(
    "A filter by time anywhere in the text is what counts",
    arguments: [
      "DeviceProcessEvents | where Timestamp > ago(50d) | count",
      "DeviceProcessEvents | where Timestamp between (ago(50d) .. now()) | count",
      "let T = DeviceProcessEvents | where Timestamp > ago(50d); T | count",
      "DeviceProcessEvents | extend t = bin(Timestamp, 1h) | where t > ago(50d) | count",
      "DeviceProcessEvents | project T = Timestamp | where T > ago(50d) | count",
      "DeviceProcessEvents | where ingestion_time() > ago(50d) | count",
      "DeviceProcessEvents | where datetime_diff('day', now(), Timestamp) < 50 | count",
    ]
  )
  func overridden(_ text: String) throws {
    #expect(try answer(text, days: 30) == ("2", false))
  }
}
