import Alerts
import Columnar
import FileAccess
import HarrierTesting
import OperationalStore
import StructuredText
import Testing

@testable import Incidents

/// A store of incidents, and evidence of alerts in Graph's shape.
struct AlertWorld {
  let folder: TemporaryFolder
  let store: IncidentStore
  let clock = SimulatedClock(wallTicks: 639_036_432_000_000_000)
  let analyst = Actor(principal: "ann")

  init() throws {
    folder = try TemporaryFolder()
    store = try #require(
      try IncidentStore.open(store: folder.path, access: .readWrite, clock: clock)
    )
  }

  /// The same over a store that is there.
  init(in folder: TemporaryFolder, _ store: IncidentStore) {
    self.folder = folder
    self.store = store
  }

  /// Takes an alert of a day and minute of January 2026 and puts it into an incident.
  func take(
    _ id: String,
    day: Int = 10,
    minute: Int,
    severity: String = "medium",
    category: String = "Execution",
    title: String? = nil,
    _ evidence: String...
  ) throws {
    let text = """
      {"id":"\(id)","title":"\(title ?? "Title of " + id)","severity":"\(severity)",
      "status":"new","serviceSource":"microsoftDefenderForEndpoint","category":"\(category)",
      "createdDateTime":"2026-01-\(day)T00:\(minute + 10):00Z",
      "evidence":[\(evidence.joined(separator: ","))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    #expect(try AlertIntake(store).take([node]) { _ in "t" }.refused.isEmpty)
    _ = try IncidentPipeline(store).run()
  }

  /// Takes alerts in, a minute apart, and puts them into incidents in one transaction.
  func takeTogether(_ alerts: [(id: String, evidence: [String])]) throws {
    let nodes = try alerts.enumerated().map { minute, alert in
      let text = """
        {"id":"\(alert.id)","title":"Title of \(alert.id)","severity":"medium","status":"new",
        "serviceSource":"microsoftDefenderForEndpoint","category":"Execution",
        "createdDateTime":"2026-01-10T00:\(minute + 20):00Z",
        "evidence":[\(alert.evidence.joined(separator: ","))]}
        """
      return try TextDocument(Array(text.utf8), format: .json).root
    }
    #expect(try AlertIntake(store).take(nodes) { _ in "t" }.new == alerts.count)
    _ = try IncidentPipeline(store).run()
  }

  func account(_ fields: (String, String)...) -> String {
    let members = fields.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",")
    return """
      {"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":{\(members)}}
      """
  }

  func device(_ id: String) -> String {
    """
    {"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"\(id)"}
    """
  }

  func file(_ letter: String, in folder: String, verdict: String = "suspicious") -> String {
    """
    {"@odata.type":"#microsoft.graph.security.fileEvidence","verdict":"\(verdict)",
    "fileDetails":{"fileName":"x.exe","filePath":"\(folder.replacing("\\", with: "\\\\"))",
    "sha1":"\(String(repeating: letter, count: 40))"}}
    """
  }

  /// The incidents of the tenant by their numbers.
  var incidents: [Incident] {
    get throws {
      try store.incidents(
        of: ["t"],
        filter: try IncidentFilter(reading: ""),
        order: IncidentOrder(.number, descending: false),
        me: "ann"
      )
      .incidents
    }
  }

  func details(_ number: Int) throws -> IncidentDetails {
    try store.details(of: store.incident(IncidentReference(tenant: "t", number: number)))
  }
}
