import Columnar
import Execution
import Hunting
import Incidents
import Testing

@testable import Response

/// The mails that Explorer lists.
struct InvestigationExplorerTests {
  private let world: InvestigationFixture

  init() throws { world = try InvestigationFixture() }

  private func mails(_ change: (inout ExplorerFilter) -> Void = { _ in }) throws -> [ExplorerMail] {
    var filter = ExplorerFilter()
    change(&filter)
    let tables = InvestigationTables(
      store: world.path,
      engine: .init(clock: world.clock),
      clock: world.clock
    )
    let run = try #require(try tables.open().steps(in: "t", at: world.now))
    return try Explorer.mails(
      of: "t",
      filter,
      run.engine,
      list: try AllowBlockStore(world.incidents).filter(of: "t"),
      budget: run.engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    )
  }

  @Test("M39: a mail of the last 30 days is listed, one of day 31 is not") func days() throws {
    let day: Int64 = 24 * 60
    try world.ingest(
      "EmailEvents",
      [
        world.mail("new", minutes: 1), world.mail("old", minutes: 30 * day - 1),
        world.mail("gone", minutes: 30 * day + 1),
      ]
    )
    #expect(try mails().map(\.id) == ["new", "old"])
    #expect(try mails { $0.days = 400 }.map(\.id) == ["new", "old"])
    #expect(try mails { $0.days = 2 }.map(\.id) == ["new"])
  }

  @Test("M38: mails inside the organization and in quarantine can be acted on, others cannot")
  func actionable() throws {
    try world.ingest(
      "EmailEvents",
      [
        world.mail("inside", direction: "Intra-org", minutes: 1),
        world.mail("premises", location: "On-premises/external", minutes: 2),
        world.mail("moved", minutes: 3), world.mail("dropped", location: "Dropped", minutes: 4),
        world.mail("deleted", location: "Soft deleted", minutes: 5),
      ]
    )
    try world.ingest(
      "EmailPostDeliveryEvents",
      [
        """
        {"Timestamp":"\(world.ago(minutes: 1))","NetworkMessageId":"moved",\
        "RecipientEmailAddress":"amy@contoso.com","DeliveryLocation":"Quarantine"}
        """
      ]
    )
    let places = try mails()
    #expect(places.map(\.id) == ["inside", "premises", "moved", "dropped", "deleted"])
    #expect(places.map(\.isActionable) == [true, false, true, false, true])
    #expect(try mails { $0.direction = "intra-org" }.map(\.id) == ["inside"])
    #expect(try mails { $0.location = .quarantine }.map(\.id) == ["moved"])
  }

  @Test("views, senders, recipients and subjects choose mails; the list says what it would do")
  func choice() throws {
    try world.ingest(
      "EmailEvents",
      [
        world.mail("a", threat: "Phish", minutes: 1),
        world.mail("b", from: "x@shop.example", subject: "Order 7", minutes: 2),
        world.mail(
          "c",
          to: "bob@contoso.com",
          from: "y@mail.example",
          threat: "Malware",
          minutes: 3
        ),
      ]
    )
    try world.ingest(
      "EmailAttachmentInfo",
      [
        """
        {"Timestamp":"\(world.ago(minutes: 3))","NetworkMessageId":"c","SHA256":"ab",\
        "ThreatTypes":"Malware"}
        """
      ]
    )
    #expect(try mails { $0.view = .phish }.map(\.id) == ["a"])
    #expect(try mails { $0.view = .malware }.map(\.id) == ["c"])
    #expect(try mails { $0.view = .content }.map(\.id) == ["c"])
    #expect(try mails { $0.sender = "shop.example" }.map(\.id) == ["b"])
    #expect(try mails { $0.recipient = "BOB@contoso.com" }.map(\.id) == ["c"])
    #expect(try mails { $0.subject = "order" }.map(\.id) == ["b"])
    #expect(try mails { $0.subject = "' or 1 == 1" }.isEmpty)
    _ = try AllowBlockStore(world.incidents).add(
      EntryRequest(.block, .sender, "shop.example", of: "t"),
      by: world.analyst
    )
    #expect(try mails().map { $0.effect.threatTypes } == ["", "Phish", ""])
  }
}
