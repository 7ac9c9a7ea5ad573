import Alerts
import Columnar
import DetectionRules
import GRDB
import Hunting
import Incidents
import OperationalStore
import Testing

@testable import Response

private typealias Fixture = InvestigationFixture

/// What becomes of investigations, their alerts and their actions.
struct InvestigationOutcomeTests {
  private let world: InvestigationFixture

  init() throws { world = try InvestigationFixture() }

  /// An investigation with actions on two mails.
  private func pending() throws {
    try world.ingest(
      "EmailEvents",
      [world.mail("m1", threat: "Malware"), world.mail("m2", to: "bob@contoso.com")]
    )
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.run()
    #expect(try world.all().map(\.status) == [.pendingAction])
  }

  @Test("M18: where no threat is found, the alert and its incident are resolved by the system")
  func benign() throws {
    try world.ingest("EmailEvents", [world.mail("m1"), world.mail("m2", to: "bob@contoso.com")])
    try world.ingestOthers("EmailUrlInfo", "EmailAttachmentInfo")
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.run()
    #expect(try world.all().map(\.status) == [.noThreatsFound])
    #expect(try world.alertState("fa1") == (.resolved, "benign"))
    let found = try world.incidents.incident(IncidentReference(tenant: "t", number: 1))
    #expect(found.status == .resolved)
  }

  @Test(
    "M18: where tables lack on which that rests, no verdict resolves an alert",
    arguments: [
      "EmailUrlInfo", "EmailAttachmentInfo",
    ]
  )
  func lacking(there: String) throws {
    try world.ingest("EmailEvents", [world.mail("m1")])
    try world.ingestOthers(there)
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.run()
    let found = try world.all()[0]
    #expect(found.status == .partiallyInvestigated)
    #expect(found.detail.hasPrefix("no threat was found, but there are no rows of Email"))
    #expect(!found.detail.contains(there))
    #expect(try world.alertState("fa1") == (.new, "partiallyInvestigated"))
  }

  @Test("N25: the history names the investigation that resolved an alert") func history() throws {
    try benign()
    let found = try world.incidents.incident(IncidentReference(tenant: "t", number: 1))
    let entry = try world.incidents.details(of: found).history
      .first { $0.action == "alert status" }
    #expect(entry?.comment == "resolved by automated investigation 1")
    #expect(entry?.actor == Actor.investigation.name && entry?.isSystem == true)
  }

  @Test("M17: actions that wait show on the incident, and investigations by its alerts")
  func incident() throws {
    try pending()
    let found = try world.incidents.incident(IncidentReference(tenant: "t", number: 1))
    #expect(found.pendingActions == 2)
    #expect(try world.store.investigations(of: found) == world.all())
  }

  @Test(
    "what is decided on its actions is what an investigation becomes",
    arguments: [
      ([ActionStatus.completed, .completed], InvestigationStatus.remediated, "remediated"),
      ([.completed, .rejected], .partiallyRemediated, "remediated"),
      ([.completed, .failed], .partiallyRemediated, "remediated"),
      ([.rejected, .rejected], .partiallyInvestigated, "declined"),
      ([.expired, .completed], .terminatedBySystem, "unremediated"),
      ([.failed, .failed], .failed, "unremediated"),
      ([.completed, .pending], .pendingAction, "remediated"),
    ]
  )
  func decisions(
    _ statuses: [ActionStatus],
    _ expected: InvestigationStatus,
    _ first: String
  ) throws {
    try pending()
    for (index, status) in statuses.enumerated() {
      try world.decide(status) { $0.reference.number == index + 1 }
    }
    try world.run()
    #expect(try world.all()[0].status == expected)
    let state = try world.alertState("fa1")
    #expect(state.1 == expected.graphState)
    #expect((state.0 == .resolved) == (expected == .remediated))
    let mail = try world.details().entities.first { $0["networkMessageId"] == "m1" }
    #expect(mail?.remediation == first)
    let evidence = try #require(try world.incidents.alert("fa1", of: "t")).evidence
    #expect(evidence.first?.remediation == first)
    #expect(evidence.map(\.verdict) == ["malicious", "suspicious"], "and the mail like it")
  }

  @Test("M23: actions on mails that were moved by hand are done already") func moved() throws {
    try pending()
    try world.ingest(
      "EmailPostDeliveryEvents",
      [
        """
        {"Timestamp":"\(world.ago(minutes: 1))","NetworkMessageId":"m1",\
        "RecipientEmailAddress":"amy@contoso.com","DeliveryLocation":"Quarantine",\
        "ActionResult":"Success"}
        """
      ]
    )
    #expect(try world.run().remediatedElsewhere == 1)
    #expect(try world.details().actions.map(\.status) == [.alreadyRemediated, .pending])
    let found = try world.incidents.incident(IncidentReference(tenant: "t", number: 1))
    #expect(found.pendingActions == 1)
    // What an environment knows wins over the tables.
    let runner = world.runner { _, mails in mails.map { _ in .softDeleted } }
    #expect(try runner.run().remediatedElsewhere == 1)
    #expect(try world.all()[0].status == .remediated)
  }

  @Test("N10: where automation is off, nothing is investigated, but by hand") func levels() throws {
    try world.store.set(.none, of: "t", by: world.analyst)
    try world.ingest("EmailEvents", [world.mail("m1", threat: "Malware")])
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    #expect(try world.run().started == 0)
    try world.store.set(.semi, of: "t", by: world.analyst)
    // What came before stays as it was.
    #expect(try world.run().started == 0)
    let (started, isNew) = try world.store.start(alert: "fa1", of: "t", by: world.analyst)
    #expect(isNew)
    #expect(started.requestedBy == "ann" && started.kind == .manual)
    try world.run()
    #expect(try world.all()[0].status == .pendingAction)
  }

  /// Malware on a device of a group.
  private func malware(_ alert: String, device: String) throws {
    try world.alert(
      alert,
      "'X' malware was detected",
      Fixture.deviceEvidence(device),
      service: "microsoftDefenderForEndpoint",
      category: "Malware"
    )
  }

  @Test("devices act by the level of their group: full is approved, none is not investigated")
  func groups() throws {
    let hash = String(repeating: "cd", count: 20)
    for (device, group) in [("d1", "Labs"), ("d2", "Servers"), ("d3", "Desks")] {
      let time = world.ago(minutes: 40)
      try world.ingest(
        "DeviceInfo",
        [#"{"Timestamp":"\#(time)","DeviceId":"\#(device)","MachineGroup":"\#(group)"}"#]
      )
      try world.ingest(
        "DeviceEvents",
        [
          """
          {"Timestamp":"\(time)","DeviceId":"\(device)","ActionType":"AntivirusDetection",\
          "SHA1":"\(hash)","FileName":"x.exe"}
          """
        ]
      )
    }
    try world.store.set(.full, of: "t", deviceGroup: "labs", by: world.analyst)
    try world.store.set(.none, of: "t", deviceGroup: "Servers", by: world.analyst)
    for (number, device) in ["d1", "d2", "d3"].enumerated() {
      try malware("da\(number)", device: device)
    }
    #expect(try world.run().started == 2)
    let first = try world.details(1).actions
    #expect(Set(first.map(\.kind)) == ["runAntivirusScan", "stopAndQuarantineFile"])
    #expect(first.allSatisfy { $0.status == .approved })
    #expect(try world.details(2).actions.allSatisfy { $0.status == .pending })
    #expect(try world.details(2).actions.count == 2)
  }

  @Test("M31: by hand a mail and a user raise their alerts, with an incident") func manual() throws
  {
    try world.ingest("EmailEvents", [world.mail("m1", threat: "Malware")])
    let mail = try world.store.start(
      .mail(id: "m1", recipient: "Amy@contoso.com"),
      of: "t",
      by: world.analyst
    )
    .investigation
    let user = try world.store.start(.user("Amy@contoso.com"), of: "t", by: world.analyst)
      .investigation
    try world.run()
    #expect(mail.kind == .manual && user.playbook == .compromisedUser)
    let alerts = try [1, 2].map { try #require(try world.details($0).alerts.first) }
    #expect(
      alerts.map(\.title) == [
        "Admin triggered manual investigation of email",
        "Admin triggered user compromise investigation",
      ]
    )
    #expect(alerts.map(\.severity.rawValue) == ["informational", "medium"])
    #expect(try world.details(1).incident != nil)
    #expect(try world.details(1).actions.map(\.kind) == ["softDelete"])
    #expect(try world.all().count == 2)
  }

  @Test("an investigation that is stopped takes no further step, and its actions are rejected")
  func stopping() throws {
    try pending()
    let reference = try world.all()[0].reference
    try world.store.stop(reference, by: world.analyst)
    #expect(try world.all()[0].status == .terminatedByUser)
    #expect(try world.details().actions.allSatisfy { $0.status == .rejected })
    #expect(throws: ResponseFailure.self) {
      try world.store.stop(reference, by: world.analyst)
    }
    #expect(try world.run().isEmpty)
  }

  @Test("too many that are open let further ones wait") func queue() throws {
    try pending()
    try world.incidents.write { writer in
      for number in 100..<100 + InvestigationStore.mostOpen {
        try writer.run(
          """
          INSERT INTO investigations (tenant, number, playbook, kind, status, requested_by,
            is_system, created)
          VALUES ('t', ?, 'phishingMail', 'Manual investigation', 'pendingAction', 'x', 1, 0)
          """,
          [number]
        )
      }
      // One that waits for nothing would end at once.
      try writer.run(
        """
        INSERT INTO actions (tenant, number, kind, target, effect, approval, source, status,
          investigation, requested_by, is_system, requested)
        SELECT 't', number, 'softDelete', '{}', 'e', 'a', 's', 'approved', id, 'x', 1, 0
        FROM investigations WHERE number >= 100
        """,
        []
      )
    }
    try world.alert("fa2", Fixture.clicked, Fixture.mailEvidence("m1"))
    try world.run()
    #expect(try world.store.investigations(of: ["t"], statuses: [.queued]).count == 1)
    #expect(try world.alertState("fa2").1 == "queued")
    try world.incidents.write { try $0.run("UPDATE actions SET status = 'completed'", []) }
    try world.run()
    try world.run()
    #expect(try world.store.investigations(of: ["t"], statuses: [.queued]).isEmpty)
  }

  @Test("a step that fails says why; the investigation goes on and claims nothing")
  func failing() throws {
    // A column of another type than the product's: the query of the step does not fit.
    try world.ingest("EmailEvents", [world.mail("m1")])
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.incidents.write { writer in
      let alert = try writer.alert("fa1", "t")
      let key = try #require(alert).key
      let investigations = InvestigationWriter(writer)
      try investigations.markExamined(key)
      let id = try investigations.start(
        .phishingMail,
        .manual,
        for: try #require(alert),
        by: world.analyst
      ).id
      let started = try #require(try investigations.investigation(id))
      try investigations.set(.running, of: started)
      var broken = StepResult(name: "mail.gather", query: "x")
      broken.isFailed = true
      broken.detail = "KS106: no"
      #expect(try investigations.keep(broken, at: 0, of: id))
      // The same step is written once.
      #expect(try !investigations.keep(broken, at: 0, of: id))
    }
    try world.run()
    let details = try world.details()
    #expect(details.steps.count == Playbook.phishingMail.steps.count)
    #expect(details.investigation.status == .partiallyInvestigated)
    #expect(details.investigation.detail == "1 steps failed")
    #expect(try world.alertState("fa1") == (.new, "partiallyInvestigated"))
  }

  @Test("a query that cannot be run is a failed step with its diagnostic") func broken() throws {
    let tables = InvestigationTables(
      store: world.path,
      engine: .init(clock: world.clock),
      clock: world.clock
    )
    let run = try #require(try tables.open().steps(in: "t", at: world.now))
    let query = InvestigationQuery("x", "broken", [.mails], "EmailEvents | where Nope == 1")
    let result = run.run(query, InvestigationValues([], start: world.now))
    #expect(result.isFailed && result.detail.contains("Nope"))
  }

  @Test("every step of every playbook runs over empty tables") func shipped() throws {
    let tables = InvestigationTables(
      store: world.path,
      engine: .init(clock: world.clock),
      clock: world.clock
    )
    let run = try #require(try tables.open().steps(in: "t", at: world.now))
    for playbook in Playbook.allCases {
      for step in playbook.steps {
        let result = run.run(step, InvestigationValues([], start: world.now))
        #expect(!result.isFailed, "\(step.name): \(result.detail)")
        #expect(result.found == 0)
      }
    }
  }
}
