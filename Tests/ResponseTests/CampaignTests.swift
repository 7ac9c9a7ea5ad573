import Alerts
import Columnar
import Incidents
import Testing

@testable import Response

private typealias Fixture = InvestigationFixture

/// What several alerts want of one mail, and what steps find beside it.
struct CampaignTests {
  /// Two mails of a campaign, and what is done for the alert of the first.
  private func world() throws -> InvestigationFixture {
    let world = try InvestigationFixture()
    try world.ingest(
      "EmailEvents",
      [
        world.mail("m1", threat: "Malware"),
        world.mail("m2", to: "bob@contoso.com", threat: "Malware"),
      ]
    )
    try world.alert("fa1", Fixture.clicked, Fixture.mailEvidence("m1"))
    try world.run()
    return world
  }

  @Test("M17: what two alerts of a campaign want of a mail is asked for once")
  func campaign() throws {
    let world = try world()
    try world.alert("fa2", Fixture.clicked, Fixture.mailEvidence("m2", "bob@contoso.com"))
    try world.run()
    let (first, second) = (try world.details(1), try world.details(2))
    let own = first.actions.filter { $0.kind == "softDelete" }
    #expect(own.count == 2)
    #expect(second.actions.filter { $0.kind == "softDelete" } == own, "the same actions")
    #expect(second.investigation.status == .pendingAction)
    try world.decide(.completed) { _ in true }
    try world.run()
    #expect(try world.all().map(\.status) == [.remediated, .remediated])
    #expect(try world.alertState("fa2").0 == .resolved)
  }

  /// Two incidents, the second of which wants what the first asked for.
  private func twoIncidents() throws -> InvestigationFixture {
    let world = try world()
    try world.alert("fa2", Fixture.clicked, Fixture.mailEvidence("m2", "bob@contoso.com"))
    if try world.incidents.alert("fa2", of: "t")?.incident?.reference.number == 1 {
      _ = try world.incidents.move(
        alerts: ["fa2"],
        of: "t",
        to: .new(name: nil),
        comment: "",
        by: world.analyst
      )
    }
    try world.run()
    return world
  }

  private func incident(
    _ alert: String,
    _ world: InvestigationFixture
  ) throws -> Incident {
    try #require(try world.incidents.alert(alert, of: "t")?.incident)
  }

  @Test("M17: an action that two incidents wait for is pending in both") func shared() throws {
    let world = try twoIncidents()
    let actions = ActionStore(world.incidents)
    let (first, second) = (try incident("fa1", world), try incident("fa2", world))
    #expect(first.id != second.id)
    #expect(first.pendingActions == 2 && second.pendingActions == 2)
    let own = try actions.actions(of: first)
    #expect(own.count == 2)
    #expect(try actions.actions(of: second) == own)
    let told = try world.incidents.details(of: second).history
      .filter { $0.action == "response action" }
    #expect(told.map(\.new) == ["pending", "pending"])
    let filter = try IncidentFilter(reading: "actions>=2")
    #expect(try world.incidents.incidents(of: ["t"], filter: filter).total == 2)
  }

  @Test("M36: an action that two incidents wait for settles the investigations of both at once")
  func settled() throws {
    let world = try twoIncidents()
    let actions = ActionStore(world.incidents)
    let references = try actions.actions(of: try incident("fa1", world)).map(\.reference)
    world.advance(minutes: 1)
    _ = try actions.decide(.reject, references, allowsOwn: true, by: world.analyst)
    #expect(
      try world.all().map(\.status) == [.partiallyInvestigated, .partiallyInvestigated],
      "without another run"
    )
    for alert in ["fa1", "fa2"] {
      let incident = try incident(alert, world)
      #expect(incident.pendingActions == 0)
      #expect(incident.updated == world.now)
      let details = try world.incidents.details(of: incident)
      let mails = details.evidence.filter { $0.evidence.kind == "MailMessage" }
      #expect(Set(mails.map(\.evidence.remediation)) == ["declined"])
      let told = details.history.filter { $0.action == "response action" && $0.new == "rejected" }
      #expect(told.count == 2)
    }
  }

  @Test("an investigation that is stopped lets its incident wait for no shared action")
  func stopped() throws {
    let world = try twoIncidents()
    try world.store.stop(ResponseReference(tenant: "t", number: 2), by: world.analyst)
    #expect(try incident("fa1", world).pendingActions == 2)
    #expect(try incident("fa2", world).pendingActions == 0)
  }

  @Test("an action stays pending while another investigation waits for it, whoever asked for it")
  func stoppedFirst() throws {
    let world = try twoIncidents()
    let actions = ActionStore(world.incidents)
    let references = try actions.actions(of: try incident("fa1", world)).map(\.reference)
    let (first, second) = (
      ResponseReference(tenant: "t", number: 1), ResponseReference(tenant: "t", number: 2)
    )
    let stopped = try world.store.stop(first, by: world.analyst)
    #expect(stopped.rejected == 0 && stopped.kept == 2 && stopped.waiting == [second])
    #expect(try world.details(1).investigation.detail == "stopped by ann; \(stopped.text)")
    #expect(try world.details(2).actions.map(\.status) == [.pending, .pending])
    #expect(try incident("fa2", world).pendingActions == 2)
    _ = try actions.decide(.reject, [references[0]], allowsOwn: true, by: world.analyst)
    try world.decide(.completed) { $0.reference == references[1] }
    try world.run()
    #expect(try world.all().map(\.status) == [.terminatedByUser, .partiallyRemediated])
    let mails = try world.details(1).entities.filter { $0.kind == .mail }
    #expect(mails.contains { $0.remediation == "declined" }, "its mails are told of still")
  }

  @Test("with the last investigation that waits for it an action is rejected") func stoppedBoth()
    throws
  {
    let world = try twoIncidents()
    for number in [1, 2] {
      let reference = ResponseReference(tenant: "t", number: number)
      try world.store.stop(reference, by: world.analyst)
    }
    #expect(try world.details(1).actions.map(\.status) == [.rejected, .rejected])
    #expect(try world.all().map(\.status) == [.terminatedByUser, .terminatedByUser])
    for alert in ["fa1", "fa2"] {
      let incident = try incident(alert, world)
      #expect(incident.pendingActions == 0)
      let evidence = try world.incidents.details(of: incident).evidence
        .filter { $0.evidence.kind == "MailMessage" }
      #expect(Set(evidence.map(\.evidence.remediation)) == ["declined"])
    }
  }

  @Test("M20: threats that only a step found become evidence of the incident")
  func found() throws {
    let world = try world()
    let incident = try #require(try world.incidents.alert("fa1", of: "t")?.incident)
    let details = try world.incidents.details(of: incident)
    let mails = details.evidence.filter { $0.evidence.kind == "MailMessage" }.map(\.evidence)
    let known = mails.map { mail in
      Dictionary(mail.identifiers.map { ($0.name, $0.value) }) { first, _ in first }
    }
    #expect(Set(known.compactMap { $0["NetworkMessageId"] }) == ["m1", "m2"])
    let place = try #require(known.firstIndex { $0["NetworkMessageId"] == "m2" })
    #expect(mails[place].role == "found" && mails[place].verdict == "malicious")
    #expect(known[place]["Recipient"] == "bob@contoso.com")
    #expect(known[place]["Subject"] == "Invoice")
    #expect(details.history.contains { $0.action == "evidence found" })
    let count = details.evidence.count
    try world.run()
    #expect(try world.incidents.details(of: incident).evidence.count == count)
  }
}
