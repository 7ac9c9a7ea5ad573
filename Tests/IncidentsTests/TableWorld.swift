import Columnar
import FileAccess
import HarrierTesting
import Hunting
import OperationalStore
import SourceText
import TableStore
import Tenancy
import Testing

@testable import Incidents

/// A store into which rows are ingested, and what becomes of them.
struct TableWorld {
  let folder: TemporaryFolder
  let clock = SimulatedClock(wallTicks: 639_036_432_000_000_000)
  let incidents: IncidentStore

  init() throws {
    folder = try TemporaryFolder()
    _ = try TableStore.open(folder.path, mode: .readWrite)
    incidents = try #require(
      try IncidentStore.open(store: folder.path, access: .readWrite, clock: clock)
    )
  }

  private func open(_ mode: TableStore.Mode) throws -> TableStore {
    try TableStore.open(folder.path, mode: mode, environment: StoreEnvironment(clock: clock))
  }

  /// Ingests lines of JSON into a table of the tenant `t`.
  func ingest(_ table: String, _ lines: [String], tenant: String = "t") throws {
    let files = SimulatedFileSystem(texts: ["in.ndjson": lines.joined(separator: "\n") + "\n"])
    let answer = try StoreIngestion(try open(.readWrite), files: files).ingest(
      try LoadRequest(specification: table + "=in.ndjson"),
      tenant: tenant,
      batch: nil
    )
    #expect(answer.reports.flatMap(\.messages).isEmpty)
  }

  /// Takes what was ingested, and puts it into incidents.
  @discardableResult
  func take() throws -> TableIntake.Outcome {
    let path = folder.path
    let outcome = try TableIntake(incidents, step: 2) {
      try TableStore.open(path, mode: .readOnly).snapshot()
    }
    .run()
    _ = try IncidentPipeline(incidents).run()
    return outcome
  }

  /// The cells of the first column of an answer over the tenant's tables.
  func query(_ text: String, tenant: String = "t") throws -> [String] {
    let engine = try engine(tenant: tenant)
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: 60)
    let answer = try engine.run(SourceText(text), budget: budget)
    var cells: [String] = []
    try answer.tables.last?.result.forEachRow { row in
      var sink = ByteSink()
      CellText.append(row[0], to: &sink)
      cells.append(sink.text())
    }
    return cells
  }

  /// An engine over the tenant's tables.
  func engine(tenant: String = "t") throws -> HuntingEngine {
    let snapshot = try open(.readOnly).snapshot()
    var engine = HuntingEngine(clock: clock)
    engine.attach(
      snapshot,
      scope: try AccessState.withoutSetup.scope(
        of: .owner,
        for: .hunt,
        over: .tenant(tenant),
        present: snapshot.tenants.map(\.name) + [tenant],
        at: DateTime(ticks: clock.wallTicks)
      ),
      supplements: [AlertTables(store: folder.path)]
    )
    return engine
  }

  /// The incidents of the tenant by their numbers, also those that are closed.
  var all: [Incident] {
    get throws {
      try incidents.incidents(
        of: ["t"],
        filter: try IncidentFilter(
          reading: "status=active,inProgress,awaitingAction,resolved,redirected"
        ),
        order: IncidentOrder(.number, descending: false)
      )
      .incidents
    }
  }

  func details(_ incident: Incident) throws -> IncidentDetails {
    try incidents.details(of: incident)
  }

  /// A row of AlertInfo of a minute of the 10th of January 2026.
  func info(
    _ id: String,
    minute: Int = 0,
    severity: String = "High",
    category: String = "InitialAccess",
    title: String? = nil
  ) -> String {
    """
    {"Timestamp":"2026-01-10T00:\(10 + minute):00Z","AlertId":"\(id)",\
    "Title":"\(title ?? "Title of " + id)","Category":"\(category)","Severity":"\(severity)",\
    "ServiceSource":"Microsoft Defender for Endpoint","DetectionSource":"EDR",\
    "AttackTechniques":"[\\"T1566\\"]"}
    """
  }

  /// A row of AlertEvidence that tells of a device.
  func device(_ alert: String, _ device: String, minute: Int = 0) -> String {
    """
    {"Timestamp":"2026-01-10T00:\(10 + minute):00Z","AlertId":"\(alert)","EntityType":"Machine",\
    "EvidenceRole":"Impacted","DeviceId":"\(device)","DeviceName":"\(device).contoso.com",\
    "Severity":"High"}
    """
  }

  /// A row of AlertEvidence that tells of a file by the letter of which its hash is.
  func file(_ alert: String, _ letter: String) -> String {
    """
    {"Timestamp":"2026-01-10T00:12:00Z","AlertId":"\(alert)","EntityType":"File",\
    "EvidenceRole":"Related","FileName":"x.exe","FolderPath":"C:\\\\Users\\\\a",\
    "SHA1":"\(String(repeating: letter, count: 40))","ThreatFamily":"Emotet"}
    """
  }
}
