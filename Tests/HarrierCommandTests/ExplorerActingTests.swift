import Testing

@testable import HarrierCommand

/// Actions on the mails that Explorer lists.
struct ExplorerActingTests {
  private let store: CommandStore
  private static let mails = "explorer --store STORE --at 2026-01-11T00:00:00Z"

  init() throws {
    store = try CommandStore()
    try store.addAlerts("a1", of: "t")
    try ingest("t", ["m1": "Inbox", "m2": "Quarantine", "m3": "On-premises/external"])
    try ingest("u", ["m4": "Inbox"])
  }

  private func ingest(_ tenant: String, _ mails: [String: String]) throws {
    let lines = mails.sorted { $0.key < $1.key }.map { id, place in
      """
      {"Timestamp":"2026-01-10T00:00:00Z","NetworkMessageId":"\(id)","DeliveryLocation":"\(place)",\
      "RecipientEmailAddress":"ann@contoso.example","SenderFromAddress":"eve@evil.example",\
      "EmailDirection":"Inbound"}
      """
    }
    let path = try store.file("mails.ndjson", lines.joined(separator: "\n") + "\n")
    let line = "ingest --store STORE --tenant \(tenant) --table EmailEvents \(path)"
    let answer = try store.run(line)
    #expect(answer.code == 0, "\(answer.notes)")
  }

  private func actions(_ more: String) throws -> [String] {
    try store.run("actions list --store STORE --format csv \(more)").output
      .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("M30: mails of Explorer are acted on by one approval, and its actions name it")
  func act() throws {
    let answer = try store.run("\(Self.mails) --tenant t --act softDelete --act-name purge")
    #expect(answer.code == 0, "\(answer.notes)")
    #expect(answer.notes.contains("1 mails are where no action reaches them"))
    #expect(answer.notes.contains("2 actions softDelete asked for"))
    let done = try actions("--history --status completed")
    #expect(done.count == 2)
    #expect(done.allSatisfy { $0.contains("Explorer action") && $0.contains("purge") })
    let filtered = try store.run(
      "actions export --store STORE --kind softDelete --format csv"
    )
    #expect(filtered.output.contains("networkMessageId=m2"))
  }

  @Test("they may wait for approval, in tenants in which somebody may respond")
  func propose() throws {
    for line in [
      "access add STORE yan", "access grant STORE yan responder --for t",
      "access grant STORE yan reader --for u",
    ] {
      #expect(try store.run(line).code == 0)
    }
    let answer = try store.run("\(Self.mails) --as yan --act moveToJunk --propose")
    #expect(answer.code == 1)
    #expect(answer.notes.contains("u: 1 targets refused: 'yan' may not respond there"))
    #expect(try actions("").count == 2)
    #expect(try actions("--tenant u").isEmpty)
  }

  @Test("what is no action on mails is refused") func kinds() {
    #expect(throws: (any Error).self) { try store.run("\(Self.mails) --act isolateDevice") }
    #expect(throws: (any Error).self) { try store.run("\(Self.mails) --act nothing") }
  }
}
