import Columnar
import Execution
import FileAccess
import HarrierTesting
import Hunting
import SourceText
import TableStore
import Tenancy
import Testing

@testable import HarrierCommand

/// What queries say of time over tables whose rows a database has.
struct SuppliedTableTests {
  private let store: CommandStore

  init() throws { store = try CommandStore() }

  /// Runs a query over all tenants, which reads some last days where it says nothing of time.
  private func answer(_ text: String, days: Int64? = nil) throws -> HuntingAnswer {
    let access = try StoreAccess(store.path, as: Principal.owner.name)
    var engine = HuntingEngine()
    engine.timeWindow = days.map { TimeSpan(ticks: $0 * TimeSpan.ticksPerDay) }
    _ = try access.attach(.all, to: &engine, cache: SegmentCache(limitBytes: 1 << 20))
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    return try engine.run(SourceText(text), budget: budget)
  }

  /// The cells of an answer's first table.
  private func cells(_ answer: HuntingAnswer) throws -> [String] {
    var cells: [String] = []
    try answer.tables[0].result.forEachRow { cells += $0.map(Cells.cell) }
    return cells
  }

  @Test("N02: rows that the window of a query leaves out are told of") func hidden() throws {
    try store.addAlerts("old", of: "t")
    for table in ["AlertInfo", "AlertEvidence", "SecurityAlert"] {
      let held = try answer("\(table) | count", days: 30)
      #expect(try cells(held) == ["0"])
      #expect(held.hiddenBefore != nil, "\(table)")
      #expect(try answer("\(table) | count").hiddenBefore == nil)
    }
  }

  @Test("N02: ingestion_time() of alerts is when they came, before and after they are taken in")
  func arrivals() throws {
    let info = try store.file(
      "info.ndjson",
      #"{"Timestamp":"2026-01-10T00:00:00Z","AlertId":"a1","Title":"T","Severity":"High","#
        + #""ServiceSource":"Microsoft Defender for Endpoint"}"#
    )
    let evidence = try store.file(
      "evidence.ndjson",
      #"{"Timestamp":"2026-01-10T00:00:00Z","AlertId":"a1","EntityType":"Machine","DeviceId":"d"}"#
    )
    try store.run("ingest --store STORE --tenant t --table AlertInfo \(info)")
    try store.run("ingest --store STORE --tenant t --table AlertEvidence \(evidence)")
    func count(_ table: String, _ condition: String) throws -> [String] {
      try cells(answer("\(table) | where ingestion_time() \(condition) | count"))
    }
    #expect(try count("AlertInfo", "> ago(1h)") == ["1"])
    try store.run("incidents correlate --store STORE")
    for table in ["AlertInfo", "AlertEvidence", "SecurityAlert", "SecurityIncident"] {
      #expect(try count(table, "> ago(1h)") == ["1"], "\(table)")
      #expect(try count(table, "> now() + 1h") == ["0"], "\(table)")
    }
    #expect(try count("IncidentHistory", "> ago(1h)") != ["0"])
    let hidden = try answer("AlertInfo | getschema | where ColumnName startswith '$' | count")
    #expect(try cells(hidden) == ["0"])
  }
}
