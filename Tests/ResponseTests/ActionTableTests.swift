import Columnar
import Execution
import HarrierTesting
import Hunting
import Incidents
import Testing

@testable import Response

/// Actions and the environment as rows of tables.
struct ActionTableTests {
  private let world: ActionWorld

  init() throws { world = try ActionWorld() }

  private func rows(_ table: String, of tenant: String = "t") throws -> [[String: Scalar]] {
    let table = try ActionTables(store: world.folder.path).rows(of: table, tenant: tenant)
    let result = QueryResult(schema: table.schema, batches: table.chunks)
    var rows: [[String: Scalar]] = []
    try result.forEachRow { row in
      rows.append(Dictionary(zip(table.schema.columns.map(\.name), row)) { first, _ in first })
    }
    return rows
  }

  private func texts(_ rows: [[String: Scalar]], _ column: String) -> [String] {
    rows.map { row in
      if case .string(let text) = row[column] { return text.text }
      return "-"
    }
  }

  @Test("each change of each action of a tenant is a row") func history() throws {
    try world.loadMail(at: .inbox)
    try world.ask(.softDelete, proposed: true)
    let action = ResponseReference(tenant: "t", number: 1)
    _ = try world.store().decide(.approve, [action], allowsOwn: true, by: world.analyst)
    try world.run()
    try world.ask(.isolateDevice, [("deviceId", "d1")], of: "u")
    let changes = try rows("ActionHistory")
    #expect(texts(changes, "Status") == ["pending", "approved", "running", "completed"])
    #expect(Set(texts(changes, "CurrentStatus")) == ["completed"])
    #expect(Set(texts(changes, "RecipientEmailAddress")) == ["Amy@contoso.com"])
    #expect(texts(changes, "Actor").prefix(2) == ["ann", "ann"])
    #expect(texts(try rows("ActionHistory", of: "u"), "DeviceId") == ["d1"])
    // All at one instant; numbers count in each tenant.
    #expect(changes.map { $0["Sequence"] } == (1...4).map { .long($0) })
    #expect(try rows("ActionHistory", of: "u").map { $0["Sequence"] }.first == .long(1))
  }

  @Test("consents to apps are rows, and actions on them name the app") func consents() throws {
    try world.load(
      #"{"kind":"appConsent","appId":"a1","appName":"X","accountUpn":"amy@contoso.com"}"#,
      #"{"kind":"appConsent","appId":"a1"}"#
    )
    try world.ask(.revokeAppConsent, [("appId", "a1"), ("accountUpn", "amy@contoso.com")])
    try world.run()
    let consents = try rows("SimulatedAppConsents")
    #expect(texts(consents, "ConsentType") == ["AllPrincipals", "Principal"])
    #expect(consents.map { $0["IsGranted"] } == [.bool(true), .bool(false)])
    #expect(Set(texts(try rows("ActionHistory"), "OAuthAppId")) == ["a1"])
  }

  @Test("mails that were moved are events, those that were not are none") func moves() throws {
    try world.loadMail(at: .inbox)
    try world.ask(.softDelete)
    try world.ask(.softDelete)
    try world.ask(.moveToInbox)
    try world.run()
    let events = try rows("EmailPostDeliveryEvents")
    #expect(texts(events, "DeliveryLocation") == ["Soft deleted", "Inbox"])
    #expect(texts(events, "SourceLocation") == ["Inbox", "Soft deleted"])
    // The tenant is that of the rows, which no column of their own hides.
    #expect(events.allSatisfy { $0["TenantId"] == nil })
    #expect(texts(try rows("SimulatedMails"), "Location") == ["Inbox"])
    #expect(try rows("SimulatedMails", of: "u").isEmpty)
  }
}
