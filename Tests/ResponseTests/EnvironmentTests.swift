import Columnar
import Execution
import FileAccess
import HarrierTesting
import Hunting
import SourceText
import Testing

@testable import Response

/// What the simulated environment learns from tables.
struct EnvironmentTests {
  /// Tables in memory.
  private struct Tables: TenantRowSource {
    let engine: HuntingEngine

    func rows(
      _ text: String,
      of tenant: String,
      parameters: [String: Scalar]
    ) throws -> [[String: Scalar]] {
      let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
      let answer = try engine.run(SourceText(text), parameters: parameters, budget: budget)
      let result = try #require(answer.tables.last?.result)
      var rows: [[String: Scalar]] = []
      try result.forEachRow { row in
        rows.append(Dictionary(zip(result.schema.columns.map(\.name), row)) { first, _ in first })
      }
      return rows
    }
  }

  private let world: ActionWorld

  init() throws { world = try ActionWorld() }

  private func connector(_ tables: [String: String]) throws -> SimulatedConnector {
    var engine = HuntingEngine()
    for (name, lines) in tables {
      let path = "\(world.folder.path)/\(name).ndjson"
      try LocalFileSystem().write(Array(lines.utf8), to: path)
      _ = try engine.load(["\(name)=\(path)"])
    }
    engine.allowsMissingTables = true
    return SimulatedConnector(try world.environment(), learningFrom: Tables(engine: engine))
  }

  private static let delivered = """
    {"Timestamp":"2026-01-01T00:00:00Z","NetworkMessageId":"M1","RecipientEmailAddress":\
    "amy@Contoso.com","SenderFromAddress":"x@evil.example","DeliveryLocation":"Inbox/folder"}
    {"Timestamp":"2026-01-01T00:00:00Z","NetworkMessageId":"M1","RecipientEmailAddress":\
    "bob@contoso.com","SenderFromAddress":"x@evil.example","DeliveryLocation":"Dropped"}

    """

  @Test("mails are where the last event says") func mails() throws {
    let moved = """
      {"Timestamp":"2026-01-02T00:00:00Z","NetworkMessageId":"m1","RecipientEmailAddress":\
      "amy@contoso.com","DeliveryLocation":"Quarantine"}
      {"Timestamp":"2026-01-03T00:00:00Z","NetworkMessageId":"m1","RecipientEmailAddress":\
      "amy@contoso.com","DeliveryLocation":"Junk folder","ActionResult":"Error"}

      """
    let action = try world.ask(.moveToInbox)
    try world.run(
      connector(["EmailEvents": Self.delivered, "EmailPostDeliveryEvents": moved])
    )
    let ended = try world.action(action)
    #expect(ended.status == .completed)
    #expect(ended.before == "Quarantine")
    let mails = try world.environment().mails(of: "t")
    #expect(mails.map(\.recipient) == ["amy@contoso.com", "bob@contoso.com"])
    #expect(mails.map(\.location) == [.inbox, .dropped])
    #expect(mails[0].sender == "x@evil.example")
  }

  @Test("what an action did is not learned away, what happened later is") func later() throws {
    let source = try connector(["EmailEvents": Self.delivered])
    try world.ask(.softDelete)
    try world.run(source)
    try world.ask(.softDelete)
    try world.run(source)
    #expect(try world.location() == .softDeleted)
    let event = """
      {"Timestamp":"2030-01-02T00:00:00Z","NetworkMessageId":"m1","RecipientEmailAddress":\
      "amy@contoso.com","DeliveryLocation":"Junk folder"}

      """
    let action = try world.ask(.moveToJunk)
    try world.run(
      connector(["EmailEvents": Self.delivered, "EmailPostDeliveryEvents": event])
    )
    #expect(try world.action(action).status == .alreadyInDestination)
  }

  private static func consent(
    _ day: Int,
    _ user: String,
    _ changed: String = ""
  ) -> String {
    """
    {"Timestamp":"2026-01-0\(day)T00:00:00Z","ActionType":"Consent to application.",\
    "OAuthAppId":"A1","ObjectName":"Mail helper","RawEventData":{"UserId":"\(user)",\
    "ModifiedProperties":[\(changed)]}}

    """
  }

  @Test("consents to apps are learned, that of an administrator for everybody; later ones count")
  func consents() throws {
    let forAll = #"{"Name":"ConsentContext.IsAdminConsent","NewValue":"True","OldValue":""}"#
    let alone = #"{"Name":"ConsentContext.IsAdminConsent","NewValue":"False","OldValue":""}"#
    let events =
      Self.consent(1, "Amy@contoso.com", alone) + Self.consent(2, "admin@contoso.com", forAll)
    let first = try world.ask(.revokeAppConsent, [("appId", "a1")])
    try world.run(connector(["CloudAppEvents": events]))
    #expect(try world.action(first).before == "AllPrincipals, amy@contoso.com")
    let known = try world.environment().consents(of: "t")
    #expect(known.map(\.name) == ["Mail helper", "Mail helper"])
    #expect(known.map(\.type) == ["AllPrincipals", "Principal"])
    let again = try world.ask(.revokeAppConsent, [("appId", "a1")])
    try world.run(connector(["CloudAppEvents": events]))
    #expect(try world.action(again).status == .alreadyRemediated, "what it did is not unlearned")
    let later = Self.consent(3, "amy@contoso.com").replacing("2026-01", with: "2030-01")
    let third = try world.ask(.revokeAppConsent, [("appId", "a1")])
    try world.run(connector(["CloudAppEvents": events + later]))
    #expect(try world.action(third).before == "amy@contoso.com")
  }

  @Test("devices and users are learned by their ids, whatever these hold") func others() throws {
    let id = "d\"] | take 1 //"
    let tables = [
      "DeviceInfo":
        #"{"Timestamp":"2026-01-01T00:00:00Z","DeviceId":"d\"] | take 1 //","DeviceName":"pc"}"#,
      "IdentityInfo": """
      {"Timestamp":"2026-01-01T00:00:00Z","AccountObjectId":"O1","AccountUpn":"a@b.c",\
      "OnPremSid":"S-1","IsAccountEnabled":true}

      """,
    ]
    let isolated = try world.ask(.isolateDevice, [("deviceId", id)])
    let marked = try world.ask(.markUserAsCompromised, [("accountObjectId", "o1")])
    let disabled = try world.ask(.disableUser, [("accountSid", "s-1")])
    let unknown = try world.ask(.disableUser, [("accountUpn", "nobody@b.c")])
    try world.run(connector(tables))
    for action in [isolated, marked, disabled] {
      #expect(try world.action(action).status == .completed)
    }
    #expect(try world.action(unknown).status == .failed)
    let users = try world.environment().identities(of: "t")
    #expect(users.map(\.upn) == ["a@b.c"])
    #expect(users.map(\.risk) == ["high"])
    #expect(users.map(\.isEnabled) == [false])
  }

  @Test("a line that says nothing is refused by name") func lines() {
    for line in [
      "{}", #"{"kind":"mail","networkMessageId":"m"}"#, #"{"kind":"identity"}"#,
      #"{"kind":"device","deviceId":"d","isolation":"half"}"#,
    ] {
      #expect(throws: ResponseFailure.self) { try world.load(line) }
    }
  }
}
