import FileAccess
import Incidents
import Testing

@testable import Response

/// Revoking the access that users gave OAuth apps, and taking that back.
struct AppConsentTests {
  private let world: ActionWorld

  init() throws {
    // A program that ends without reading its order must end nothing else.
    Terminal.ignoreBrokenPipes()
    world = try ActionWorld()
    try world.load(
      #"{"kind":"appConsent","appId":"A1","appName":"Mail helper","accountUpn":"Amy@contoso.com"}"#,
      #"{"kind":"appConsent","appId":"a1","accountUpn":"bob@contoso.com"}"#,
      #"{"kind":"appConsent","appId":"a1","accountUpn":"cat@contoso.com","isGranted":false}"#,
      #"{"kind":"appConsent","appId":"a2","accountUpn":"amy@contoso.com"}"#
    )
  }

  /// Who has given the app access now.
  private func given(_ app: String = "a1") throws -> [String] {
    try world.environment().consents(of: "t").filter { $0.app == app && $0.isGranted }.map(\.user)
  }

  private func done(
    _ known: [(String, String)],
    _ status: ActionStatus = .completed
  ) throws -> ActionRecord {
    let action = try world.ask(.revokeAppConsent, known)
    try world.run()
    let ended = try world.action(action)
    #expect(ended.status == status, "\(ended.detail)")
    return ended
  }

  private func undo(_ action: ActionRecord) throws -> ActionRecord {
    let made = try world.store().undo([action.reference], by: world.analyst)
    try world.run()
    return try world.action(try #require(made.actions.first).reference)
  }

  @Test("N27, N28: all consents to an app are revoked, and those come back that were there")
  func all() throws {
    let action = try done([("appId", "a1")])
    #expect(action.detail == "2 consents are revoked")
    #expect(action.before == "amy@contoso.com, bob@contoso.com")
    #expect(action.source == "Manual user action")
    #expect(try given().isEmpty)
    #expect(try given("a2") == ["amy@contoso.com"], "another app keeps its own")
    let back = try undo(action)
    #expect(back.kind == .restoreAppConsent && !back.kind.isOffered && back.status == .completed)
    #expect(back.detail == "2 consents are given again")
    #expect(try given() == ["amy@contoso.com", "bob@contoso.com"], "not that of cat")
  }

  @Test("the consent of one user alone, and what the organization gave for everybody")
  func one() throws {
    try world.load(#"{"kind":"appConsent","appId":"a1"}"#)
    let action = try done([("appId", "a1"), ("accountUpn", "AMY@contoso.com")])
    #expect(
      action.detail == "the consent of amy@contoso.com is revoked; the app keeps the access that "
        + "the organization gave it for everybody"
    )
    #expect(try given() == ["", "bob@contoso.com"])
    let rest = try done([("appId", "a1")])
    #expect(rest.before == "AllPrincipals, bob@contoso.com")
    #expect(try undo(rest).status == .completed)
    #expect(try given() == ["", "bob@contoso.com"])
    #expect(try undo(action).detail == "the consent of amy@contoso.com is given again")
    #expect(try given() == ["", "amy@contoso.com", "bob@contoso.com"])
  }

  @Test("what is revoked already is said, and what is not known fails") func nothing() throws {
    _ = try done([("appId", "a1")])
    let again = try done([("appId", "a1")], .alreadyRemediated)
    #expect(again.detail == "the consents to the app are revoked already")
    let unknown = try done([("appId", "a3")], .failed)
    #expect(unknown.detail.hasPrefix("no consent to the app a3 is known; ingest CloudAppEvents"))
    let nobody = try done([("appId", "a2"), ("accountUpn", "bob@contoso.com")], .failed)
    #expect(nobody.detail.hasPrefix("no consent of bob@contoso.com to the app a2 is known"))
  }

  @Test("a consent that was given anew meanwhile stays as it is") func anew() throws {
    let action = try done([("appId", "a2")])
    try world.load(#"{"kind":"appConsent","appId":"a2","accountUpn":"amy@contoso.com"}"#)
    let back = try undo(action)
    #expect(back.status == .alreadyRemediated)
    #expect(try given("a2") == ["amy@contoso.com"])
  }

  @Test("programs get the order; what one revoked of all is not known to Harrier")
  func connected() throws {
    for kind in [ActionKind.revokeAppConsent, .restoreAppConsent] {
      let way = Connection.Way.command(["/bin/true"])
      try world.store().connect(Connection(tenant: "t", kind: kind, way: way))
    }
    let all = try done([("appId", "a1")])
    #expect(ActionOrder(all).json.contains(#""kind":"revokeAppConsent","target":{"appId":"a1"}"#))
    let refused = try world.store().undo([all.reference], by: world.analyst).outcomes[0]
    #expect(
      refused.failure?.description == "which consents t/1 revoked is not known to Harrier, since "
        + "'command' did it; give them again in Entra ID"
    )
    let own = try done([("appId", "a1"), ("accountUpn", "Bob@contoso.com")])
    let back = try undo(own)
    #expect(back.status == .completed && back.connector == "command")
    #expect(
      ActionOrder(back).json.contains(#""parameters":{"consents":"bob@contoso.com"}"#)
    )
    #expect(try given() == ["amy@contoso.com", "bob@contoso.com"], "the environment had no part")
  }

  @Test("the app of an alert is remediated with all consents, not with that of one user")
  func evidence() throws {
    let kind = "#microsoft.graph.security."
    try world.takeAlert(
      "a1",
      #"{"@odata.type":"\#(kind)oauthApplicationEvidence","appId":"A1"}"#,
      InvestigationFixture.userEvidence("amy@contoso.com")
    )
    func remediation() throws -> [String: String] {
      let incident = try world.incidents().incident(IncidentReference(tenant: "t", number: 1))
      let evidence = try world.incidents().details(of: incident).evidence.map(\.evidence)
      return Dictionary(evidence.map { ($0.kind, $0.remediation) }) { first, _ in first }
    }
    func take(_ known: [(String, String)]) throws -> ActionRecord {
      let store = try world.store()
      let bound = try store.bind(
        [try world.request(.revokeAppConsent, known)],
        alert: "a1",
        incident: nil
      )
      let action = try #require(try store.propose(bound, by: world.analyst).first).action
      try world.run()
      return try world.action(action.reference)
    }
    _ = try take([("appId", "a1"), ("accountUpn", "amy@contoso.com")])
    #expect(try remediation() == ["OAuthApplication": "none", "Account": "none"])
    let all = try take([("appId", "a1")])
    #expect(try remediation() == ["OAuthApplication": "remediated", "Account": "none"])
    _ = try undo(all)
    #expect(try remediation()["OAuthApplication"] == "active")
  }
}
