import Alerts
import Columnar
import FileAccess
import GRDB
import HarrierTesting
import Hunting
import Incidents
import OperationalStore
import StructuredText
import TableStore
import Tenancy
import Testing

@testable import Response

/// A store with tables and alerts, and what its investigations make of them at its clock's time.
final class InvestigationFixture {
  private let folder: TemporaryFolder
  let clock = SimulatedClock(wallTicks: 639_036_432_000_000_000)
  let incidents: IncidentStore
  let store: InvestigationStore
  let analyst = Actor(principal: "ann")

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.path + "/store"
    _ = try TableStore.open(path, mode: .readWrite, environment: StoreEnvironment(clock: clock))
      .addTenants(["t", "u"])
    incidents = try #require(
      try IncidentStore.open(store: path, access: .readWrite, clock: clock)
    )
    store = InvestigationStore(incidents)
  }

  var path: String { folder.path + "/store" }
  var now: DateTime { DateTime(ticks: clock.wallTicks) }

  func advance(minutes: UInt64) { clock.advance(nanoseconds: minutes * 60_000_000_000) }

  /// A time some minutes ago.
  func ago(minutes: Int64) -> String {
    DateTime(ticks: now.ticks - minutes * TimeSpan.ticksPerMinute).text
  }

  func ingest(_ table: String, _ lines: [String], tenant: String = "t") throws {
    let text = lines.joined(separator: "\n") + "\n"
    let request = try LoadRequest(specification: table + "=in.ndjson")
    let files = SimulatedFileSystem(texts: ["in.ndjson": text])
    let tables = try TableStore.open(
      path,
      mode: .readWrite,
      environment: StoreEnvironment(clock: clock)
    )
    let answer = try StoreIngestion(tables, files: files)
      .ingest(request, tenant: tenant, batch: nil)
    #expect(answer.reports.flatMap(\.messages).isEmpty)
  }

  /// Gives a tenant rows of tables that have nothing to do with its alerts.
  func ingestOthers(_ tables: String..., tenant: String = "t") throws {
    for table in tables {
      try ingest(table, [#"{"Timestamp":"\#(ago(minutes: 90))"}"#], tenant: tenant)
    }
  }

  /// A mail of EmailEvents, an hour old where nothing is said.
  func mail(
    _ id: String,
    to recipient: String = "amy@contoso.com",
    from sender: String = "bad@evil.com",
    subject: String = "Invoice",
    threat: String = "",
    level: String = "High",
    location: String = "Inbox/folder",
    direction: String = "Inbound",
    cluster: Int = 0,
    minutes: Int64 = 60
  ) -> String {
    let confidence = threat.contains("Phish") ? "{\\\"Phish\\\":\\\"\(level)\\\"}" : ""
    return """
      {"Timestamp":"\(ago(minutes: minutes))","NetworkMessageId":"\(id)",\
      "RecipientEmailAddress":"\(recipient)","SenderFromAddress":"\(sender)",\
      "Subject":"\(subject)","ThreatTypes":"\(threat)","ConfidenceLevel":"\(confidence)",\
      "DeliveryLocation":"\(location)","EmailDirection":"\(direction)","EmailClusterId":\(cluster)}
      """
  }

  static let office = "microsoftDefenderForOffice365"
  static let reported = "An email message is reported by a user as malware or phish"
  static let clicked = "A potentially malicious URL click was detected"

  /// Takes an alert in and puts it into an incident.
  func alert(
    _ id: String,
    _ title: String,
    _ evidence: String...,
    service: String = InvestigationFixture.office,
    category: String = "InitialAccess",
    tenant: String = "t"
  ) throws {
    let text = """
      {"id":"\(id)","title":"\(title)","severity":"medium","status":"new",
      "serviceSource":"\(service)","detectionSource":"x","category":"\(category)",
      "createdDateTime":"\(ago(minutes: 30))","evidence":[\(evidence.joined(separator: ","))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    let outcome = try AlertIntake(incidents).take([node]) { _ in tenant }
    #expect(outcome.new == 1, "\(outcome.refused)")
    _ = try IncidentPipeline(incidents).run()
  }

  static func mailEvidence(_ id: String, _ recipient: String = "amy@contoso.com") -> String {
    """
    {"@odata.type":"#microsoft.graph.security.analyzedMessageEvidence",
    "networkMessageId":"\(id)","recipientEmailAddress":"\(recipient)"}
    """
  }

  static func userEvidence(_ name: String) -> String {
    """
    {"@odata.type":"#microsoft.graph.security.userEvidence",
    "userAccount":{"userPrincipalName":"\(name)"}}
    """
  }

  static func deviceEvidence(_ id: String) -> String {
    """
    {"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"\(id)"}
    """
  }

  /// - Parameter incidents: another door to the same database.
  func runner(
    over other: IncidentStore? = nil,
    places: InvestigationRunner.Places? = nil
  ) -> InvestigationRunner {
    let tables = InvestigationTables(
      store: path,
      engine: HuntingEngine(clock: clock),
      clock: clock
    )
    return InvestigationRunner(other ?? incidents, tables, places: places)
  }

  @discardableResult
  func run() throws -> InvestigationRunner.Outcome { try runner().run() }

  func all(_ tenant: String = "t") throws -> [Investigation] {
    try store.investigations(of: [tenant]).reversed()
  }

  func details(_ number: Int = 1) throws -> InvestigationDetails {
    let reference = ResponseReference(tenant: "t", number: number)
    return try store.details(of: try store.investigation(reference))
  }

  /// The ids of mails that an investigation looked at.
  func mails(_ number: Int = 1) throws -> Set<String> {
    Set(
      try details(number).entities.filter { $0.kind == .mail }
        .compactMap { $0["networkMessageId"] }
    )
  }

  /// Decides on actions and lets them be done, as the action centre does.
  func decide(_ status: ActionStatus, where condition: (InvestigationAction) -> Bool) throws {
    for investigation in try all() {
      for action in try store.details(of: investigation).actions
      where action.status == .pending && condition(action) {
        try incidents.write { writer in
          try writer.run(
            "UPDATE actions SET status = ?, decided = ?, decided_by = 'ann' "
              + "WHERE tenant = ? AND number = ?",
            [status.rawValue, writer.now.ticks, "t", action.reference.number]
          )
        }
      }
    }
  }

  func alertState(_ id: String, _ tenant: String = "t") throws -> (AlertStatus, String?) {
    let found = try #require(try incidents.alert(id, of: tenant))
    return (found.alert.status, found.alert.investigationState)
  }
}
