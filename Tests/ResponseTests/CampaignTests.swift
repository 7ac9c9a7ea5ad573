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
