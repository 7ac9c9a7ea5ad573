import GRDB
import Incidents
import Testing

@testable import Response

private typealias Fixture = InvestigationFixture

/// Playbooks that are not about mails.
struct InvestigationPlaybookTests {
  private let world: InvestigationFixture

  init() throws { world = try InvestigationFixture() }

  private func signIn(
    _ user: String,
    _ address: String,
    code: Int,
    minutes: Int64 = 30
  ) -> String {
    """
    {"Timestamp":"\(world.ago(minutes: minutes))","AccountUpn":"\(user)","IPAddress":"\(address)",\
    "ErrorCode":\(code),"Country":"DE"}
    """
  }

  @Test("a password spray: its address, and the user whose password it found") func spray() throws {
    var rows = (0..<12).map { signIn("u\($0)@contoso.com", "203.0.113.9", code: 50126) }
    rows.append(signIn("u3@contoso.com", "203.0.113.9", code: 0, minutes: 20))
    rows.append(signIn("u3@contoso.com", "198.51.100.1", code: 0, minutes: 90))
    try world.ingest("EntraIdSignInEvents", rows)
    try world.alert(
      "ad1",
      "Password Spray",
      Fixture.userEvidence("u1@contoso.com"),
      service: "azureAdIdentityProtection"
    )
    try world.run()
    let details = try world.details()
    let bad = details.entities.filter { $0.verdict == .malicious }.map(\.key)
    #expect(bad == [#"{"address":"203.0.113.9"}"#, #"{"accountUpn":"u3@contoso.com"}"#])
    #expect(details.actions.map(\.kind) == ["forceUserPasswordReset"])
  }

  @Test("an office where many mistype a password and more sign in does not spray") func office()
    throws
  {
    let users = (0..<12).map { "u\($0)@contoso.com" }
    let failed = users.map { signIn($0, "203.0.113.9", code: 50126) }
    let signed = users.prefix(6).map { signIn($0, "203.0.113.9", code: 0, minutes: 20) }
    try world.ingest("EntraIdSignInEvents", failed + signed)
    try world.alert(
      "ad1",
      "Password Spray",
      Fixture.userEvidence("u1@contoso.com"),
      service: "azureAdIdentityProtection"
    )
    try world.run()
    #expect(try world.details().entities.allSatisfy { $0.verdict != .malicious })
    #expect(try world.details().actions.isEmpty)
  }

  /// A user gave an app access that may do much and that nobody checked.
  private func consent(to origin: String) throws {
    let time = world.ago(minutes: 45)
    try world.ingest(
      "CloudAppEvents",
      [
        """
        {"Timestamp":"\(time)","ActionType":"Consent to application.","OAuthAppId":"app1",\
        "RawEventData":{"UserId":"amy@contoso.com"}}
        """
      ]
    )
    try world.ingest(
      "OAuthAppInfo",
      [
        """
        {"Timestamp":"\(time)","OAuthAppId":"app1","AppName":"Time sheets",\
        "PrivilegeLevel":"High","AppOrigin":"\(origin)"}
        """
      ]
    )
    let user = Fixture.userEvidence("amy@contoso.com")
    try world.alert(
      "ca1",
      "Suspicious OAuth app consent",
      user,
      service: "azureAdIdentityProtection"
    )
    try world.run()
  }

  @Test(
    "a powerful app is bad where it comes from elsewhere",
    arguments: [("External", ["revokeAppConsent"]), ("Internal", [])]
  ) func origin(_ origin: String, _ actions: [String]) throws {
    try consent(to: origin)
    #expect(try world.details().actions.map(\.kind) == actions)
  }

  @Test("an app that nobody vouches for: what all gave it is to be revoked, once")
  func consent() throws {
    try world.ingest(
      "CloudAppEvents",
      ["amy", "bob"].map { user in
        """
        {"Timestamp":"\(world.ago(minutes: 45))","ActionType":"Consent to application.",\
        "OAuthAppId":"app1","ObjectName":"Mail helper",\
        "RawEventData":{"UserId":"\(user)@contoso.com"}}
        """
      }
    )
    try world.ingest(
      "OAuthAppInfo",
      [
        """
        {"Timestamp":"\(world.ago(minutes: 45))","OAuthAppId":"app1","AppName":"Mail helper",\
        "PrivilegeLevel":"High"}
        """
      ]
    )
    try world.alert(
      "ca1",
      "Malicious OAuth app consent",
      Fixture.userEvidence("amy@contoso.com"),
      service: "azureAdIdentityProtection"
    )
    try world.run()
    #expect(
      try world.details().actions.map { "\($0.kind) \($0.target)" }
        == ["revokeAppConsent appId=app1"]
    )
    let users = try world.details().entities.filter { $0.kind == .user }
    #expect(Set(users.compactMap { $0["accountUpn"] }) == ["amy@contoso.com", "bob@contoso.com"])
    #expect(users.allSatisfy { $0.verdict == .suspicious }, "they were deceived")
    let app = try world.details().entities.first { $0.kind == .app }
    #expect(app?.remediation == "pendingApproval")
  }

  @Test("a user who sends bad mails and hides the answers") func compromised() throws {
    try world.ingest(
      "EmailEvents",
      [
        world.mail(
          "o1",
          to: "bob@contoso.com",
          from: "amy@contoso.com",
          threat: "Phish",
          direction: "Intra-org",
          minutes: 5
        )
      ]
    )
    try world.ingest(
      "CloudAppEvents",
      [
        """
        {"Timestamp":"\(world.ago(minutes: 20))","ActionType":"New-InboxRule",\
        "ObjectName":"hide","RawEventData":{"UserId":"Amy@contoso.com",\
        "Parameters":[{"Name":"DeleteMessage","Value":"True"}]}}
        """
      ]
    )
    try world.alert(
      "fa1",
      "A user is restricted from sending email",
      Fixture.userEvidence("amy@contoso.com")
    )
    try world.run()
    #expect(
      Set(try world.details().actions.map(\.kind)) == [
        "softDelete", "forceUserPasswordReset", "removeInboxRule",
      ]
    )
  }

  @Test("what a rule asks for is investigated once for its alert") func rule() throws {
    try world.ingest(
      "DeviceInfo",
      [#"{"Timestamp":"\#(world.ago(minutes: 5))","DeviceId":"d1","MachineGroup":"g"}"#]
    )
    try world.alert(
      "ea1",
      "Odd",
      Fixture.deviceEvidence("d1"),
      service: "azureAdIdentityProtection"
    )
    try world.ingestOthers("DeviceEvents")
    let key = try #require(try world.incidents.alert("ea1", of: "t")).alert.key
    try world.incidents.write { writer in
      for device in ["d1", "d2"] {
        try writer.run(
          """
          INSERT INTO requested_actions (tenant, alert, kind, targets, device_groups, requested)
          VALUES ('t', ?, 'initiateInvestigation', ?, '[]', 0)
          """,
          [key, #"{"deviceId":"\#(device)"}"#]
        )
      }
    }
    #expect(try world.run().started == 1)
    #expect(try world.run().isEmpty)
    let details = try world.details()
    #expect(details.investigation.kind == .rule)
    #expect(details.entities.filter { $0.kind == .device }.map { $0["deviceId"] } == ["d1", "d2"])
    #expect(details.investigation.status == .noThreatsFound)
  }
}
