import Testing

@testable import HarrierCommand

/// What queries say of time over tables whose rows a database has.
struct SuppliedTableTests {
  private let store: CommandStore

  init() throws { store = try CommandStore() }

  /// Runs a query that has no blanks.
  private func query(_ text: String, _ options: String = "") throws -> CommandStore.Answer {
    try store.run("query --store STORE --format csv \(options) \(text)".replacing("  ", with: " "))
  }

  @Test("N02: rows that the window of a query leaves out are told of") func hidden() throws {
    try store.addAlerts("old", of: "t")
    for table in ["AlertInfo", "AlertEvidence", "SecurityAlert"] {
      let answer = try query("\(table)|count")
      #expect(answer.output == "Count\n0\n")
      #expect(answer.notes.contains("were left out"), "\(table): \(answer.notes)")
      #expect(try query("\(table)|count", "--timespan all").notes.isEmpty)
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
    func counts(_ table: String, _ time: String) throws -> String {
      let text = "\(table)|where(ingestion_time()\(time))|count"
      return try query(text, "--timespan all").output
    }
    #expect(try counts("AlertInfo", ">ago(1h)") == "Count\n1\n")
    try store.run("incidents correlate --store STORE")
    for table in ["AlertInfo", "AlertEvidence", "SecurityAlert", "SecurityIncident"] {
      #expect(try counts(table, ">ago(1h)") == "Count\n1\n", "\(table)")
      #expect(try counts(table, ">now()+1h") == "Count\n0\n", "\(table)")
    }
    let columns = try query("AlertInfo|getschema|where(ColumnName)startswith'$'", "--timespan all")
    #expect(columns.output.split(separator: "\n").count == 1)
    #expect(try counts("IncidentHistory", ">ago(1h)") != "Count\n0\n")
  }
}
