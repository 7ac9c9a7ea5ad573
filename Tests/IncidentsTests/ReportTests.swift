import Alerts
import Columnar
import FileAccess
import StructuredText
import Testing

@testable import Incidents

/// Reports of incidents and of periods.
struct ReportTests {
  private let world: AlertWorld

  init() throws { world = try AlertWorld() }

  private func read(_ json: String) throws -> DocumentNode {
    try TextDocument(Array(json.utf8), format: .json).root
  }

  private func report(from: DateTime, to: DateTime) throws -> PeriodReport {
    try world.store.report(of: ["t"], from: from, to: to)
  }

  @Test("N33: a period has its start and not its end; what a move emptied is not resolved")
  func period() throws {
    try world.take("a1", minute: 0, world.device("d1"))
    let made = try world.details(1).incident.created
    world.clock.advance(nanoseconds: 3_600_000_000_000)
    try world.take("a2", minute: 1, world.device("d2"))
    let next = try world.details(2).incident.created
    #expect(try report(from: made, to: next).all.made == 1)
    #expect(try report(from: made, to: DateTime(ticks: next.ticks + 1)).all.made == 2)
    #expect(try report(from: DateTime(ticks: made.ticks + 1), to: next).all.made == 0)

    world.clock.advance(nanoseconds: 3_600_000_000_000)
    _ = try world.store.move(
      alerts: ["a1"],
      of: "t",
      to: .incident(IncidentReference(tenant: "t", number: 2)),
      comment: "",
      by: world.analyst
    )
    #expect(try world.details(1).incident.status == .resolved)
    let emptied = try report(from: made, to: world.store.now)
    #expect(emptied.all.made == 2 && emptied.all.resolved == 0 && emptied.all.emptied == 1)
    #expect(emptied.all.toResolve == nil)

    var change = IncidentChange()
    change.status = .resolved
    let two = [IncidentReference(tenant: "t", number: 2)]
    _ = try world.store.apply(change, to: two, by: world.analyst)
    let done = try report(from: made, to: world.store.now)
    #expect(done.all.resolved == 1 && done.all.emptied == 1)
    #expect(done.all.toResolve?.ticks == TimeSpan.ticksPerHour)
    let json = try read(done.json)
    #expect(json["All"]?["Resolved"]?.integer == 1 && json["All"]?["Emptied"]?.integer == 1)
    #expect(json["All"]?["MeanSecondsToResolve"]?.integer == 3_600)
    #expect(json["From"]?.text == made.text && json["Tenants"]?.items?.count == 1)
  }

  private func mail(_ id: String, _ recipient: String, more: String = "") -> String {
    """
    {"@odata.type":"#microsoft.graph.security.analyzedMessageEvidence","networkMessageId":"\(id)",
    "recipientEmailAddress":"\(recipient)","subject":"Pay <now>"\(more)}
    """
  }

  @Test("N09, N30: mails of the report have sender, recipient, id and time") func mails() throws {
    let sent = DateTime(ticks: 639_036_000_000_000_000)
    try world.take(
      "a1",
      minute: 0,
      mail("m1", "amy@c.com", more: #","p2Sender":{"emailAddress":"eve@e.com"}"#),
      mail("m2", "amy@c.com", more: #","receivedDateTime":"2026-01-10T00:00:00Z""#)
    )
    let details = try world.details(1)
    #expect(details.networkMessageIds == ["m1", "m2"])
    let known = MailFacts(
      networkMessageId: "m1",
      recipient: "AMY@c.com",
      sender: "other@e.com",
      subject: "Pay",
      sent: sent
    )
    let report = IncidentReport(details, mails: [known])
    let text = report.document.markdown
    #expect(text.contains("## Mails"))
    #expect(text.contains("| \(sent.text) | eve@e.com | amy@c.com | Pay \\<now\\> | m1 |"))
    #expect(text.contains("| 2026-01-10T00:00:00"))
    let mails = try read(report.json)["Mails"]?.items ?? []
    #expect(mails.map { $0["NetworkMessageId"]?.text } == ["m1", "m2"])
    #expect(mails[0]["Sender"]?.text == "eve@e.com" && mails[0]["Sent"]?.text == sent.text)
    // Without evidence of a recipient all that are known are named.
    let book = MailBook(
      (1...7).map {
        MailFacts(networkMessageId: "m", recipient: "r\($0)", sender: "s", subject: "", sent: nil)
      }
    )
    let told = IncidentEvidence(
      evidence: Evidence(other: "MailMessage", [.init(name: "NetworkMessageId", value: "m")]),
      alerts: ["a"]
    )
    #expect(ReportMail(told, book).recipient == "r1, r2, r3, r4, r5, +2")
    #expect(ReportMail(told, book).sender == "s")
  }

  @Test("N30: a mail of which two alerts tell in different words is one of the report")
  func sameMail() throws {
    try world.take("a1", minute: 0, mail("m1", "amy@c.com"))
    try world.take(
      "a2",
      minute: 1,
      mail("m1", "Amy@c.com", more: #","verdict":"malicious","senderIp":"192.0.2.1""#)
    )
    let details = try world.details(1)
    #expect(details.evidence.count == 2 && details.incident.alertCount == 2)
    let mails = try read(IncidentReport(details).json)["Mails"]?.items ?? []
    #expect(mails.map { $0["Verdict"]?.text } == ["malicious"])
    #expect(mails.first?["Alerts"]?.items?.compactMap(\.text) == ["a1", "a2"])
  }

  @Test("N09: the report as JSON holds every alert, piece of evidence and entry of the history")
  func json() throws {
    try world.take(
      "a1",
      minute: 0,
      world.device("d1"),
      world.account(("userPrincipalName", "amy@c.com")),
      world.file("a", in: #"C:\x"#)
    )
    var change = IncidentChange()
    change.comment = "seen"
    change.status = .resolved
    world.clock.advance(nanoseconds: 90_000_000_000)
    let one = [IncidentReference(tenant: "t", number: 1)]
    _ = try world.store.apply(change, to: one, by: world.analyst)
    let key = try world.details(1).incident.id
    for (number, status) in [(3, "pending"), (4, "pending"), (3, "completed")] {
      try world.store.write { writer in
        try writer.note(
          "response action",
          on: key,
          "t",
          by: .response,
          new: status,
          comment: "t/\(number) isolateDevice deviceId=d1"
        )
      }
    }
    let details = try world.details(1)
    let action = IncidentReport.Action(
      "t/3",
      at: world.store.now,
      what: "isolateDevice",
      target: "deviceId=d1",
      status: "succeeded",
      actor: "ann"
    )
    let json = try read(IncidentReport(details, actions: [action]).json)
    #expect(json["Summary"]?["SecondsToResolve"]?.integer == 90)
    #expect(json["Alerts"]?.items?.count == details.alerts.count)
    #expect(json["Evidence"]?.items?.count == details.evidence.count)
    #expect(json["History"]?.items?.count == details.history.count)
    #expect(json["Comments"]?.items?.map { $0["Comment"]?.text } == ["seen"])
    #expect(json["Actions"]?.items?.first?["Target"]?.text == "deviceId=d1")
    #expect(json["Assets"]?.items?.count == 2)
    #expect(json["Timeline"]?.items?.last?["Kind"]?.text == "action")
    // An action is there once, and one that is not listed as the history has it.
    let told = json["Timeline"]?.items?.compactMap { $0["What"]?.text } ?? []
    #expect(
      told.filter { $0.contains("isolateDevice") } == [
        "response action: pending: t/4 isolateDevice deviceId=d1",
        "t/3 isolateDevice (succeeded): deviceId=d1",
      ]
    )
    #expect(json["Mails"]?.items?.isEmpty == true)
  }
}
