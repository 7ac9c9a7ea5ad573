import Alerts
import Columnar
import Execution
import GRDB
import Hunting
import Incidents
import SourceText
import Testing

@testable import Response

private typealias Fixture = InvestigationFixture

/// Investigations of mails: what starts them, what they find and what they recommend.
struct InvestigationMailTests {
  private let world: InvestigationFixture

  init() throws { world = try InvestigationFixture() }

  @Test("M05: an alert of a playbook starts it in one run, others start nothing, each once")
  func starts() throws {
    try world.ingest("EmailEvents", [world.mail("m1", threat: "Phish")])
    try world.alert("fa1", Fixture.clicked, Fixture.mailEvidence("m1"))
    try world.alert("fa2", "Something else", Fixture.mailEvidence("m2"))
    #expect(try world.run().started == 1)
    #expect(try world.run().isEmpty)
    #expect(try world.all().map(\.playbook) == [.clickedURL])
    #expect(try world.alertState("fa2").1 == nil)
  }

  @Test("every alert of the table starts its playbook, whatever the case of its title")
  func table() throws {
    for trigger in PlaybookTrigger.all {
      let found = PlaybookTrigger.first(
        title: trigger.title?.uppercased() ?? "any",
        service: trigger.service ?? "azureAdIdentityProtection",
        category: trigger.category ?? "any"
      )
      #expect(found?.playbook == trigger.playbook)
    }
    #expect(
      Set(PlaybookTrigger.all.map(\.playbook)) == Set(Playbook.allCases)
    )
  }

  @Test("M06: steps find the siblings of a mail, its users, files and odd sign-ins, with a log")
  func steps() throws {
    let hash = String(repeating: "ab", count: 32)
    try world.ingest(
      "EmailEvents",
      [
        world.mail("m1", threat: "Phish", cluster: 7),
        world.mail("topic", to: "Bob@contoso.com", location: "Junk folder"),
        world.mail("cluster", to: "cid@contoso.com", subject: "Other", cluster: 7),
        world.mail("url", from: "x@y.com", subject: "Third"),
        world.mail("file", from: "z@y.com", subject: "Fourth"),
        world.mail("clean", from: "z@y.com", subject: "Fifth"),
      ]
    )
    try world.ingest(
      "EmailUrlInfo",
      ["m1", "url"].map { id in
        #"{"Timestamp":"\#(world.ago(minutes: 60))","NetworkMessageId":"\#(id)","Url":"http://e"}"#
      }
    )
    try world.ingest(
      "EmailAttachmentInfo",
      ["m1", "file"].map { id in
        """
        {"Timestamp":"\(world.ago(minutes: 60))","NetworkMessageId":"\(id)","SHA256":"\(hash)",\
        "FileName":"a.exe","ThreatTypes":"Malware"}
        """
      }
    )
    try world.ingest(
      "UrlClickEvents",
      [
        """
        {"Timestamp":"\(world.ago(minutes: 20))","NetworkMessageId":"m1","Url":"http://e",\
        "AccountUpn":"amy@contoso.com","ThreatTypes":"Phish","ActionType":"ClickAllowed"}
        """
      ]
    )
    try world.ingest(
      "DeviceProcessEvents",
      [
        """
        {"Timestamp":"\(world.ago(minutes: 15))","DeviceId":"d1","SHA256":"\(hash)",\
        "FileName":"a.exe"}
        """
      ]
    )
    try world.ingest(
      "EntraIdSignInEvents",
      [
        """
        {"Timestamp":"\(world.ago(minutes: 10))","AccountUpn":"amy@contoso.com","ErrorCode":0,\
        "RiskLevelAggregated":100,"IPAddress":"203.0.113.1","Country":"XX"}
        """
      ]
    )
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.run()
    let details = try world.details()
    #expect(details.steps.map(\.name) == Playbook.phishingMail.steps.map(\.name))
    #expect(details.steps.filter(\.isFailed).map(\.detail) == [])
    #expect(try world.mails() == ["m1", "topic", "cluster", "url", "file"])
    func verdict(_ kind: InvestigationEntity.Kind, _ value: String) -> EntityVerdict? {
      details.entities.first { $0.kind == kind && $0.identifiers.contains { $0.value == value } }?
        .verdict
    }
    #expect(verdict(.mail, "topic") == .suspicious)
    #expect(verdict(.mail, "url") == .malicious)
    #expect(verdict(.user, "amy@contoso.com") == .malicious)
    #expect(verdict(.user, "bob@contoso.com") == .noThreatsFound)
    #expect(verdict(.device, "d1") == .malicious)
    #expect(verdict(.url, "http://e") == .malicious)
    #expect(details.steps.first { $0.name == "user.inbox-rules" }?.found == 0)
    #expect(
      details.steps.last { $0.name == "user.inbox-rules" }?.detail
        == "no rows of CloudAppEvents, IdentityInfo"
    )
    let kinds = Set(details.actions.map(\.kind))
    #expect(
      kinds == [
        "softDelete", "blockUrl", "isolateDevice", "runAntivirusScan", "stopAndQuarantineFile",
        "forceUserPasswordReset",
      ]
    )
    #expect(details.actions.filter { $0.kind == "softDelete" }.count == 5)
    #expect(details.actions.allSatisfy { $0.status == .pending })
    #expect(try world.alertState("fa1").1 == "pendingApproval")
  }

  @Test("what the log shows of a step is the query that gave it") func log() throws {
    let odd = #"m"'1\x"#
    try world.ingest("EmailEvents", [world.mail(#"m\"'1\\x"#, threat: "Phish")])
    _ = try world.store.start(.mail(id: odd, recipient: nil), of: "t", by: world.analyst)
    try world.run()
    let step = try #require(try world.details().steps.first)
    #expect(step.found == 1 && step.query.contains("declare query_parameters(Mails:dynamic="))
    let tables = InvestigationTables(
      store: world.path,
      engine: .init(clock: world.clock),
      clock: world.clock
    )
    let run = try #require(try tables.open().steps(in: "t", at: world.now))
    let answer = try run.engine.run(
      SourceText(step.query),
      budget: run.engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    )
    #expect(answer.tables.last?.result.rowCount == 1)
  }

  @Test(
    "M22: actions on mails are recommended only where the latest place is a cloud mailbox",
    arguments: [
      ("Inbox/folder", true), ("Junk folder", true), ("Deleted items", true),
      ("Quarantine", false), ("On-premises/external", false), ("Failed", false),
      ("Dropped", false), ("", false),
    ]
  ) func places(_ place: String, _ isProposed: Bool) throws {
    try world.ingest(
      "EmailEvents",
      [world.mail("m1", threat: "Malware", location: isProposed ? "Quarantine" : "Inbox/folder")]
    )
    if !place.isEmpty {
      // An older row and one that failed say nothing.
      try world.ingest(
        "EmailPostDeliveryEvents",
        [(Int64(50), "Failed", ""), (10, place, "Success"), (5, "Dropped", "Error")].map { move in
          """
          {"Timestamp":"\(world.ago(minutes: move.0))","NetworkMessageId":"m1",\
          "RecipientEmailAddress":"AMY@contoso.com","DeliveryLocation":"\(move.1)",\
          "ActionResult":"\(move.2)"}
          """
        }
      )
    } else {
      try world.ingest(
        "EmailEvents",
        [world.mail("m1", threat: "Malware", location: "", minutes: 1)]
      )
    }
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.run()
    #expect(try world.details().actions.map(\.kind) == (isProposed ? ["softDelete"] : []))
  }

  @Test(
    "M25: actions are recommended only for malware, sure phish, malicious addresses and files",
    arguments: [
      ("Malware", "", true), ("Phish", "High", true), ("Phish", "Normal", false),
      ("Spam", "High", false), ("", "", false),
    ]
  ) func classes(_ threat: String, _ level: String, _ isProposed: Bool) throws {
    try world.ingest(
      "EmailEvents",
      [world.mail("m1", threat: threat, level: level), world.mail("m2", to: "bob@contoso.com")]
    )
    try world.ingestOthers("EmailUrlInfo", "EmailAttachmentInfo")
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.run()
    #expect(try world.mails() == ["m1", "m2"])
    #expect(try world.details().actions.count == (isProposed ? 2 : 0))
    let status = try world.all()[0].status
    let expected: InvestigationStatus =
      isProposed ? .pendingAction : threat.isEmpty ? .noThreatsFound : .partiallyInvestigated
    #expect(status == expected)
  }

  @Test("an address that an alert knows to be bad is blocked, and mails with it are removed")
  func knownURL() throws {
    let evidence = """
      {"@odata.type":"#microsoft.graph.security.urlEvidence","url":"http://e/x",
      "verdict":"malicious"}
      """
    try world.ingest("EmailEvents", [world.mail("m1"), world.mail("m2", subject: "Z")])
    try world.ingest(
      "EmailUrlInfo",
      [
        #"{"Timestamp":"\#(world.ago(minutes: 9))","NetworkMessageId":"m2","Url":"http://e/x"}"#
      ]
    )
    try world.alert("fa1", Fixture.clicked, Fixture.mailEvidence("m1"), evidence)
    try world.run()
    let actions = try world.details().actions
    #expect(actions.map(\.kind) == ["softDelete", "blockUrl"])
    #expect(actions[0].target["networkMessageId"] == "m2")
  }

  @Test("an address that the list blocks already needs no action") func blockedURL() throws {
    let evidence = """
      {"@odata.type":"#microsoft.graph.security.urlEvidence","url":"http://e.example/x",
      "verdict":"malicious"}
      """
    _ = try AllowBlockStore(world.incidents).add(
      EntryRequest(.block, .url, "e.example", of: "t"),
      by: world.analyst
    )
    try world.ingest("EmailEvents", [world.mail("m1")])
    try world.alert("fa1", Fixture.clicked, Fixture.mailEvidence("m1"), evidence)
    try world.run()
    let details = try world.details()
    #expect(details.actions.isEmpty && details.investigation.status == .remediated)
    #expect(details.entities.first { $0.kind == .url }?.remediation == "blocked")
  }

  @Test("what one investigation of a tenant knows to be malicious, the next ones know")
  func memory() throws {
    let evidence = """
      {"@odata.type":"#microsoft.graph.security.urlEvidence","url":"http://e.x/y"}
      """
    for tenant in ["t", "u"] {
      try world.ingest("EmailEvents", [world.mail("m1"), world.mail("m2")], tenant: tenant)
      try world.ingest(
        "EmailUrlInfo",
        [
          """
          {"Timestamp":"\(world.ago(minutes: 9))","NetworkMessageId":"m2","Url":"http://e.x/y"}
          """
        ],
        tenant: tenant
      )
    }
    try world.ingestOthers("EmailAttachmentInfo", tenant: "u")
    try world.alert("fa1", Fixture.clicked, Fixture.mailEvidence("m9"), evidence)
    try world.run()
    for tenant in ["t", "u"] {
      try world.alert("fa2", Fixture.reported, Fixture.mailEvidence("m2"), tenant: tenant)
    }
    try world.run()
    let address = try world.details(2).entities.first { $0.kind == .url }
    #expect(address?.verdict == .malicious && address?.facts["knownFrom"] == "t/1")
    #expect(try world.details(2).actions.contains { $0.target["networkMessageId"] == "m2" })
    #expect(try world.all("u").map(\.status) == [.noThreatsFound])
  }

  @Test("a cluster that was approved within the hour is left alone; its size is frozen")
  func clusters() throws {
    try world.ingest(
      "EmailEvents",
      [world.mail("m1", threat: "Malware"), world.mail("m2", to: "bob@contoso.com")]
    )
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.run()
    #expect(try world.details().clusters.map(\.mails) == [2])
    try world.decide(.completed) { _ in true }
    world.advance(minutes: 30)
    try world.ingest("EmailEvents", [world.mail("m3", to: "cid@contoso.com", minutes: 1)])
    try world.alert("fa2", Fixture.clicked, Fixture.mailEvidence("m3", "cid@contoso.com"))
    try world.run()
    #expect(try world.details(1).clusters.map(\.mails) == [2])
    #expect(try world.details(2).actions.isEmpty)
    #expect(try world.all()[1].status == .partiallyInvestigated)
    world.advance(minutes: 60)
    try world.alert("fa3", Fixture.reported, Fixture.mailEvidence("m3", "cid@contoso.com"))
    try world.run()
    #expect(try world.details(3).actions.count == 3)
  }

  @Test("other tenants' mails are never found") func isolation() throws {
    try world.ingest("EmailEvents", [world.mail("m1", threat: "Malware")], tenant: "u")
    try world.ingest("EmailEvents", [world.mail("m9")])
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.run()
    #expect(try world.details().steps[0].found == 0)
    #expect(try world.all()[0].status == .partiallyInvestigated)
  }
}
