import Incidents
import Testing

@testable import Response

private typealias Fixture = InvestigationFixture

/// By what steps judge inbox rules and apps.
struct InvestigationVerdictTests {
  private let world: InvestigationFixture

  init() throws { world = try InvestigationFixture() }

  /// What is thought of an entity of the first investigation.
  private func verdict(
    _ kind: InvestigationEntity.Kind,
    _ name: String,
    _ value: String
  ) throws -> EntityVerdict? {
    try world.details().entities.first { $0.kind == kind && $0[name] == value }?.verdict
  }

  // MARK: Inbox rules

  /// An event of a rule of amy's mailbox, whose parameters are pairs.
  private func rule(
    _ name: String,
    _ parameters: [(String, String)],
    _ action: String = "New-InboxRule"
  ) -> String {
    let members = parameters.map { #"{"Name":"\#($0.0)","Value":"\#($0.1)"}"# }
    return """
      {"Timestamp":"\(world.ago(minutes: 20))","ActionType":"\(action)","ObjectName":"\(name)",\
      "RawEventData":{"UserId":"Amy@contoso.com","Parameters":[\(members.joined(separator: ","))]}}
      """
  }

  /// What an investigation of amy thinks of a rule and of her.
  private func judged(_ event: String) throws -> (rule: EntityVerdict?, user: EntityVerdict?) {
    try world.ingest(
      "EmailEvents",
      [
        world.mail("m1", to: "bob@fabrikam.com"), world.mail("m2", to: "amy@contoso.com"),
        world.mail("m3", to: "x@y.z", from: "amy@contoso.com", direction: "Outbound"),
      ]
    )
    try world.ingest("CloudAppEvents", [event])
    try world.ingestOthers("EntraIdSignInEvents")
    try world.alert(
      "fa1",
      "A user is restricted from sending email",
      Fixture.userEvidence("amy@contoso.com")
    )
    try world.run()
    let step = try world.details().steps.first { $0.name == "user.inbox-rules" }
    #expect(step?.isFailed == false, "\(step?.detail ?? "")")
    let rule = try world.details().entities.first { $0.kind == .inboxRule }
    return (rule?.verdict, try verdict(.user, "accountUpn", "amy@contoso.com"))
  }

  private static let news = ("From", "news@shop.example")

  @Test(
    "rules that send mails out or hide what an attacker would hide are malicious",
    arguments: [
      [("ForwardTo", "eve@evil.example")], [("RedirectTo", "smtp:eve@evil.example")],
      [("DeleteMessage", "True")],
      [("SubjectOrBodyContainsWords", "Invoice;payment"), ("SoftDeleteMessage", "True")],
      [("BodyContainsWords", "hacked"), ("MoveToFolder", "Conversation History")],
      [news, ("MoveToFolder", "RSS Feeds"), ("MarkAsRead", "True")],
    ]
  ) func malicious(_ parameters: [(String, String)]) throws {
    let found = try judged(rule("tidy", parameters))
    #expect(found.rule == .malicious && found.user == .malicious)
    let why = try world.details().entities.first { $0.kind == .inboxRule }?.facts["why"]
    #expect(why?.isEmpty == false)
    #expect(
      Set(try world.details().actions.map(\.kind)) == ["forceUserPasswordReset", "removeInboxRule"]
    )
  }

  @Test("a rule without a name hides, and one that Outlook tells of sends") func others() throws {
    let hiding = try judged(rule("..", [Self.news, ("DeleteMessage", "True")]))
    #expect(hiding.rule == .malicious)
    let other = try InvestigationVerdictTests()
    let sending = try other.judged(
      """
      {"Timestamp":"\(other.world.ago(minutes: 20))","ActionType":"UpdateInboxRules",\
      "RawEventData":{"UserId":"amy@contoso.com","OperationProperties":[\
      {"Name":"RuleName","Value":"f"},{"Name":"RuleActions","Value":\
      "[{\\"ActionType\\":\\"Forward\\",\\"Recipients\\":[\\"eve@evil.example\\"]}]"}]}}
      """
    )
    #expect(sending.rule == .malicious)
    #expect(try other.verdict(.inboxRule, "ruleName", "f") == .malicious)
  }

  @Test(
    "rules that hide other mails, or send them inside the tenant, are suspicious",
    arguments: [
      ("New-InboxRule", [news, ("DeleteMessage", "True")]),
      ("New-InboxRule", [("ForwardTo", "bob@fabrikam.com")]),
      ("New-InboxRule", [("ForwardTo", "Bob Brown")]),
      ("New-InboxRule", [news, ("MoveToFolder", "Deleted Items"), ("MarkAsRead", "True")]),
      // Of a change only what was changed is told, so that it may be about few mails.
      ("Set-InboxRule", [("DeleteMessage", "True")]),
    ]
  ) func suspicious(_ action: String, _ parameters: [(String, String)]) throws {
    let found = try judged(rule("tidy", parameters, action))
    #expect(found.rule == .suspicious && found.user == .suspicious)
    #expect(try world.details().actions.isEmpty)
    #expect(try world.all()[0].status == .partiallyInvestigated)
  }

  @Test(
    "a rule that sorts mails into a folder of the user's own is no threat",
    arguments: [
      [news, ("MoveToFolder", "Newsletters")],
      [("SubjectContainsWords", "invoice"), ("MoveToFolder", "Invoices"), ("MarkAsRead", "True")],
      [news, ("DeleteMessage", "False"), ("MoveToFolder", "News")],
    ]
  ) func harmless(_ parameters: [(String, String)]) throws {
    let found = try judged(rule("tidy", parameters))
    #expect(found.rule == .noThreatsFound)
    #expect(found.user != .malicious && found.user != .suspicious)
    #expect(try world.details().actions.isEmpty)
    #expect(try world.all()[0].status == .noThreatsFound)
  }

  // MARK: Apps

  /// What an investigation of a consent thinks of an app.
  private func app(_ facts: String) throws -> EntityVerdict? {
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
      [#"{"Timestamp":"\#(time)","OAuthAppId":"app1","AppName":"Time sheets",\#(facts)}"#]
    )
    try world.alert(
      "ca1",
      "Suspicious OAuth app consent",
      Fixture.userEvidence("amy@contoso.com"),
      service: "azureAdIdentityProtection"
    )
    try world.run()
    return try verdict(.app, "appId", "app1")
  }

  private static let vouched =
    #""VerifiedPublisher":{"displayName":"Small Tools","verifiedPublisherId":"7"}"#
  private static let unknown = #""VerifiedPublisher":{"displayName":null}"#

  @Test(
    "an app is judged by what it is, and that an administrator disabled it is no proof",
    arguments: [
      (#""AppOrigin":"External","PrivilegeLevel":"High",\#(unknown)"#, EntityVerdict.malicious),
      (
        #""AppOrigin":"External","PrivilegeLevel":"High","AppStatus":"Disabled",\#(unknown)"#,
        .malicious
      ),
      (
        #""AppOrigin":"External","AppStatus":"DisabledByMicrosoft",\#(vouched)"#,
        .malicious
      ),
      (
        #""AppOrigin":"External","PrivilegeLevel":"High","AppStatus":"Disabled",\#(vouched)"#,
        .suspicious
      ),
      (
        #""AppOrigin":"External","PrivilegeLevel":"Low","AppStatus":"Disabled",\#(unknown)"#,
        .suspicious
      ),
      (#""AppOrigin":"Internal","PrivilegeLevel":"High","AppStatus":"Disabled""#, .noThreatsFound),
      (
        #""AppOrigin":"External","PrivilegeLevel":"High","AppStatus":"Enabled",\#(vouched)"#,
        .noThreatsFound
      ),
      (#""AppOrigin":"External","PrivilegeLevel":"Low","AppStatus":"Enabled""#, .noThreatsFound),
    ]
  ) func apps(_ facts: String, _ expected: EntityVerdict) throws {
    #expect(try app(facts) == expected)
    let isBad = expected == .malicious
    #expect(try world.details().actions.map(\.kind) == (isBad ? ["revokeAppConsent"] : []))
    let status: InvestigationStatus =
      switch expected {
      case .malicious: .pendingAction
      case .suspicious: .partiallyInvestigated
      default: .noThreatsFound
      }
    #expect(try world.all()[0].status == status)
  }
}
