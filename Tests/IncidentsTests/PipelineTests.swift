import Alerts
import Columnar
import DetectionRules
import FileAccess
import GRDB
import HarrierTesting
import OperationalStore
import StructuredText
import Testing

@testable import Incidents

/// Alerts of other products: which incidents they become, and what is done with these.
struct PipelineTests {
  private let folder: TemporaryFolder
  private let store: IncidentStore
  private let clock = SimulatedClock(wallTicks: 639_036_432_000_000_000)
  private let analyst = Actor(principal: "ann")

  init() throws {
    folder = try TemporaryFolder()
    store = try #require(
      try IncidentStore.open(store: folder.path, access: .readWrite, clock: clock)
    )
  }

  /// An alert of Graph; minutes are after 2026-01-10T00:00Z.
  private func alert(
    _ id: String,
    at minutes: Int,
    _ evidence: [String],
    severity: String = "medium",
    service: String = "microsoftDefenderForEndpoint",
    category: String = "Execution",
    title: String? = nil
  ) -> String {
    let hour = String(minutes / 60 % 24 + 100).dropFirst()
    let minute = String(minutes % 60 + 100).dropFirst()
    let day = String(10 + minutes / 1_440)
    return """
      {"id":"\(id)","title":"\(title ?? "Title of " + id)","severity":"\(severity)","status":"new",
      "serviceSource":"\(service)","detectionSource":"customDetection","category":"\(category)",
      "createdDateTime":"2026-01-\(day)T\(hour):\(minute):00Z",
      "evidence":[\(evidence.joined(separator: ","))]}
      """
  }

  private func user(_ name: String) -> String {
    """
    {"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":
    {"accountName":"\(name)","userPrincipalName":"\(name)@contoso.com"}}
    """
  }

  private func device(_ name: String) -> String {
    """
    {"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"\(name)"}
    """
  }

  private func file(_ letter: String) -> String {
    let hash = String(repeating: letter, count: 40)
    return """
      {"@odata.type":"#microsoft.graph.security.fileEvidence","fileDetails":{"fileName":"x.exe",
      "sha1":"\(hash)"}}
      """
  }

  @discardableResult
  private func take(_ alerts: String..., tenant: String = "t") throws -> AlertIntake.Outcome {
    let nodes = try alerts.map { try TextDocument(Array($0.utf8), format: .json).root }
    let outcome = try AlertIntake(store).take(nodes) { _ in tenant }
    _ = try IncidentPipeline(store).run()
    return outcome
  }

  private func incidents(_ filter: String = "", tenants: [String] = ["t"]) throws -> [Incident] {
    try store.incidents(
      of: tenants,
      filter: try IncidentFilter(reading: filter),
      order: IncidentOrder(.number, descending: false),
      me: "ann"
    )
    .incidents
  }

  private func details(_ number: Int) throws -> IncidentDetails {
    let incident = try store.incident(IncidentReference(tenant: "t", number: number))
    return try store.details(of: incident)
  }

  private func update(
    _ numbers: Int...,
    change: (inout IncidentChange) throws -> Void
  ) throws -> [ItemOutcome] {
    var wanted = IncidentChange()
    try change(&wanted)
    let references = numbers.map { IncidentReference(tenant: "t", number: $0) }
    return try store.apply(wanted, to: references, by: analyst)
  }

  @Test("alerts of one attack are one incident, each with a reason") func attack() throws {
    try take(
      alert(
        "a1",
        at: 0,
        [user("bob")],
        service: "microsoftDefenderForOffice365",
        category: "InitialAccess"
      ),
      alert("a2", at: 20, [user("bob"), device("d1"), file("a")]),
      alert(
        "a3",
        at: 60,
        [device("d2"), file("a")],
        severity: "high",
        category: "LateralMovement"
      ),
      alert("n1", at: 90, [device("d9")])
    )
    let found = try incidents()
    #expect(found.map(\.alertCount) == [3, 1])
    #expect(found[0].severity == .high)
    #expect(
      found[0].name == "Multi-stage incident on multiple endpoints reported by multiple sources"
    )
    #expect(found[0].deviceCount == 2 && found[0].userCount == 1)
    let links = try details(1).links
    #expect(links["a1"]?.isEmpty == true)
    #expect(links["a2"]?.map(\.reason) == ["sameAsset", "eventSequence", "timeFrame"])
    #expect(
      links["a3"]?.map(\.reason) == ["similarArtifacts", "eventSequence", "timeFrame"]
    )
    #expect(try details(1).categories == ["InitialAccess", "Execution", "LateralMovement"])
  }

  @Test("generic accounts, private addresses and a device alone link nothing") func weak() throws {
    let system = """
      {"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":
      {"accountName":"SYSTEM","userSid":"S-1-5-18"}}
      """
    let address = """
      {"@odata.type":"#microsoft.graph.security.ipEvidence","ipAddress":"10.0.0.1"}
      """
    try take(
      alert("a1", at: 0, [system, address, device("d1")]),
      alert("a2", at: 5, [system, address, device("d1")]),
      alert("a3", at: 9, [system, address, device("d2")])
    )
    #expect(try incidents().count == 3)
  }

  @Test("what many incidents share links nothing more") func glue() throws {
    for number in 0..<9 {
      try take(
        alert("a\(number)", at: number, [file("c"), device("d\(number)")])
      )
      // Each is closed, so that the file is one of many incidents.
      _ = try update(number + 1) { $0.status = .resolved }
    }
    try take(alert("b1", at: 20, [file("c")]), alert("b2", at: 21, [file("c")]))
    #expect(try incidents("status=active").count == 2)
  }

  @Test("resolved incidents take no alerts, open ones those of hours later") func late() throws {
    try take(alert("a1", at: 0, [user("bob"), file("a")]))
    try take(alert("a2", at: 120, [user("bob"), file("a")]))
    #expect(try incidents().map(\.alertCount) == [2])
    #expect(try update(1) { $0.status = .resolved }.allSatisfy { $0.failure == nil })
    #expect(try details(1).alerts.allSatisfy { $0.status == .resolved })
    try take(alert("a3", at: 180, [user("bob"), file("a")]))
    #expect(try incidents().map(\.status) == [.resolved, .active])
  }

  @Test("an alert brings two incidents together; one leads to the other") func merging() throws {
    try take(alert("a1", at: 4, [file("a"), user("bob")]), alert("a2", at: 1, [file("b")]))
    #expect(try incidents().count == 2)
    try take(alert("a3", at: 5, [file("a"), file("b")]))
    #expect(try incidents().map(\.alertCount) == [3])
    let source = try store.incident(IncidentReference(tenant: "t", number: 2))
    #expect(source.status == .redirected)
    let led = try store.incident(source.reference, followsRedirect: true)
    #expect(led.reference.number == 1)
    #expect(try store.details(of: source).tags == ["Redirected"])
    #expect(try update(2) { $0.comment = "x" }[0].failure?.description.contains("t/1") == true)
  }

  @Test("incidents of different owners or classifications are not merged") func guards() throws {
    try take(alert("a1", at: 4, [file("a")]), alert("a2", at: 1, [file("b")]))
    _ = try update(1) { $0.assignment = .to("ann") }
    _ = try update(2) { $0.assignment = .to("bob") }
    try take(alert("a3", at: 5, [file("a"), file("b")]))
    #expect(try incidents().count == 2)
    let both = [1, 2].map { IncidentReference(tenant: "t", number: $0) }
    #expect(throws: IncidentFailure.self) { try store.merge(both, comment: "", by: analyst) }
    _ = try update(2) { $0.assignment = .nobody }
    #expect(try store.merge(both, comment: "", by: analyst).number == 1)
    #expect(try details(1).alerts.allSatisfy { $0.assignedTo == "ann" })
  }

  @Test("four fields change at once, each with its entry; illegal ones change nothing")
  func changes() throws {
    try take(alert("a1", at: 0, [user("bob")]), alert("a2", at: 5, [user("eve")]))
    let outcomes = try update(1, 9, 2) {
      $0.assignment = .to("ann")
      $0.addedTags = ["phishing"]
      $0.status = .inProgress
      $0.classification = try Classification(reading: "truePositive/phishing")
    }
    #expect(outcomes.map { $0.failure == nil } == [true, false, true])
    let found = try details(1)
    #expect(
      found.history.filter { !$0.isSystem }.map(\.action)
        == [
          "alert assigned", "assigned", "alert classified", "classified", "tag added", "status",
        ]
    )
    let passedOn = found.history.filter { $0.action.hasPrefix("alert ") && !$0.isSystem }
    #expect(passedOn.map(\.alert) == ["a1", "a1"])
    #expect(passedOn.map(\.new) == ["ann", found.incident.classification.description])
    #expect(found.alerts.allSatisfy { $0.assignedTo == "ann" })
    #expect(found.alerts[0].classification.determination == "phishing")
    #expect(try store.suggestedTags("t", prefix: "ph") == ["phishing"])
    #expect(try store.suggestedTags("other", prefix: "").isEmpty)
    #expect(try update(1) { $0.comment = String(repeating: "x", count: 30_001) }[0].failure != nil)
    #expect(try incidents("assignee=me tag=phishing status=inProgress").count == 2)
    #expect(try incidents("assignee=none").isEmpty)
  }

  @Test("with its last alert an incident is resolved") func rollUp() throws {
    try take(
      alert("a1", at: 0, [file("a")]),
      alert("a2", at: 1, [file("a")]),
      alert("a3", at: 2, [file("a")])
    )
    var change = AlertChange()
    change.status = .resolved
    for (id, status) in [("a1", IncidentStatus.active), ("a2", .active), ("a3", .resolved)] {
      _ = try store.apply(change, toAlerts: [("t", id)], by: analyst)
      #expect(try details(1).incident.status == status)
    }
    #expect(try details(1).history.last?.actor == Actor.propagation.name)
  }

  @Test("a name given by hand stays until a merge") func renaming() throws {
    try take(alert("a1", at: 0, [file("a")]))
    _ = try update(1) { $0.name = "Mine" }
    try take(alert("a2", at: 5, [file("a")]))
    #expect(try incidents().map(\.name) == ["Mine"])
    try take(alert("b1", at: 5, [file("b")]))
    let both = [1, 2].map { IncidentReference(tenant: "t", number: $0) }
    _ = try store.merge(both, comment: "", by: analyst)
    #expect(try incidents().map(\.name) == ["Execution incident"])
  }

  @Test("a move computes both anew, closes the empty one, and is undone") func moving() throws {
    try take(
      alert("a1", at: 0, [file("a"), device("d1")], severity: "high"),
      alert("a2", at: 1, [file("a"), device("d2")], severity: "low")
    )
    let place = try store.move(
      alerts: ["a1"],
      of: "t",
      to: .new(name: nil),
      comment: "else",
      by: analyst
    )
    #expect(try incidents().map(\.severity) == [.low, .high])
    #expect(try incidents().map(\.deviceCount) == [1, 1])
    #expect(try store.undoMove(alerts: ["a1"], of: "t", by: analyst)[0].failure == nil)
    #expect(try details(1).incident.alertCount == 2)
    #expect(try details(place.number).incident.status == .resolved)
    _ = try store.move(
      alerts: ["a1", "a2"],
      of: "t",
      to: .new(name: "B"),
      comment: "",
      by: analyst
    )
    #expect(try incidents("status!=resolved").map(\.name) == ["B"])
    #expect(try store.undoMove(alerts: ["a2"], of: "t", by: analyst)[0].failure == nil)
    #expect(try details(1).incident.status == .active)
  }

  @Test("history is neither changed nor deleted") func history() throws {
    try take(alert("a1", at: 0, [file("a")]))
    for statement in ["UPDATE history SET comment = 'x'", "DELETE FROM history"] {
      #expect(throws: StoreFailure.self) {
        try store.database.write { try $0.execute(sql: statement) }
      }
    }
  }

  @Test("an alert is taken once; what is new of it is added; one without entity is refused")
  func intake() throws {
    try take(alert("a1", at: 0, [device("d1")]))
    #expect(try take(alert("a1", at: 0, [device("d1")])).unchanged == 1)
    #expect(try take(alert("a1", at: 0, [device("d1"), device("d2")])).updated == 1)
    #expect(try incidents().map(\.deviceCount) == [2])
    let refused = try take(alert("a2", at: 0, [])).refused
    #expect(refused.map { $0.reason.hasPrefix("noImpactedEntity") } == [true])
    // The same id of another tenant is another alert.
    #expect(try take(alert("a1", at: 0, [device("d1")]), tenant: "u").new == 1)
    #expect(try incidents("", tenants: ["t", "u"]).count == 2)
    #expect(try incidents("", tenants: ["u"]).count == 1)
  }

  @Test("the same alerts in any division into steps make the same incidents") func replay() throws {
    let alerts = (0..<40).map { number in
      alert(
        "a\(number)",
        at: number * 3,
        [user("u\(number % 7)"), file(String(UnicodeScalar(UInt8(97 + number % 6))))]
      )
    }
    let nodes = try alerts.map { try TextDocument(Array($0.utf8), format: .json).root }
    var results: [[[String]]] = []
    for step in [1, 7, 500] {
      let folder = try TemporaryFolder()
      let store = try #require(
        try IncidentStore.open(store: folder.path, access: .readWrite, clock: clock)
      )
      _ = try AlertIntake(store).take(nodes) { _ in "t" }
      _ = try IncidentPipeline(store, step: step).run()
      let page = try store.incidents(
        of: ["t"],
        order: IncidentOrder(.number, descending: false)
      )
      results.append(try page.incidents.map { try store.details(of: $0).alerts.map(\.id) })
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }
}
