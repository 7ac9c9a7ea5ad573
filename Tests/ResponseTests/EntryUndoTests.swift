import Columnar
import FileAccess
import Incidents
import Testing

@testable import Response

/// Taking back what actions put on the allow and block list.
struct EntryUndoTests {
  private let world: ActionWorld
  private let list: AllowBlockStore

  private static let hash = String(repeating: "0f", count: 32)

  init() throws {
    // A program that ends without reading its order must end nothing else.
    Terminal.ignoreBrokenPipes()
    world = try ActionWorld()
    list = AllowBlockStore(try world.incidents())
  }

  private func done(
    _ kind: ActionKind,
    _ known: [(String, String)]
  ) throws -> ResponseReference {
    let action = try world.ask(kind, known)
    try world.run()
    #expect(try world.action(action).status == .completed)
    return action
  }

  /// Why an action is not taken back; nil where it is.
  private func refusal(_ action: ResponseReference) throws -> String? {
    try world.store().undo([action], by: world.analyst).outcomes[0].failure?.description
  }

  @Test(
    "N28: what puts an entry on the list is taken back, and history keeps both",
    arguments: [
      (ActionKind.blockFile, "sha256", hash), (.allowFile, "sha256", hash),
      (.blockFile, "sha1", "AB"), (.blockUrl, "url", "http://evil.example/x"),
      (.blockSender, "sender", "eve@evil.example"),
    ]
  ) func undo(_ kind: ActionKind, _ name: String, _ value: String) throws {
    let action = try done(kind, [(name, value)])
    #expect(try list.entries(of: ["t"]).count == 1)
    #expect(try refusal(action) == nil)
    try world.run()
    #expect(try list.entries(of: ["t"]).isEmpty)
    let back = try world.action(ResponseReference(tenant: "t", number: 2))
    #expect(back.kind == kind.entryRemoval && !back.kind.isOffered)
    #expect(back.undoes == action && back.status == .completed && back.connector == "harrier")
    #expect(back.detail == "entry 1 is off the allow and block list")
    #expect(try world.statuses(back.reference) == ["approved", "running", "completed"])
    #expect(try world.action(action).status == .completed)
    #expect(try refusal(action) == "t/2 takes t/1 back already")
    // What is taken back may be done anew.
    let again = try done(kind, [(name, value)])
    #expect(try refusal(again) == nil)
  }

  @Test("an entry that is gone or was replaced is not taken off") func gone() throws {
    let sender = [("sender", "eve@evil.example")]
    let first = try done(.blockSender, sender)
    try list.remove(ResponseReference(tenant: "t", number: 1), by: world.analyst)
    #expect(
      try refusal(first) == "entry 1, which t/1 put on the list, is off the list already"
    )
    let second = try done(.blockSender, sender)
    world.clock.advance(nanoseconds: 31 * 86_400_000_000_000)
    #expect(try refusal(second) == "entry 2, which t/2 put on the list, has expired")
    let third = try done(.blockSender, sender)
    // Somebody else's entry that looks like one of the action is none.
    var request = EntryRequest(.allow, .sender, "eve@evil.example", of: "t")
    request.note = "action \(third)"
    world.clock.advance(nanoseconds: 1_000_000_000)
    _ = try list.add(request, by: world.analyst)
    #expect(
      try refusal(third) == "entry 3, which t/3 put on the list, was replaced by entry 4 (allow); "
        + "'harrier allow-block remove' takes that off"
    )
    #expect(try list.entries(of: ["t"]).map(\.action) == [.allow])
  }

  private static let sender = [("sender", "eve@evil.example")]

  /// Lets a sender through for some days, or for ever, and blocks them by an action.
  private func blocked(allowedDays days: Int?) throws -> ResponseReference {
    var request = EntryRequest(.allow, .sender, "eve@evil.example", of: "t")
    request.days = days
    request.note = "asked for"
    _ = try list.add(request, by: Actor(principal: "bob"))
    world.clock.advance(nanoseconds: 1_000_000_000)
    return try done(.blockSender, Self.sender)
  }

  @Test("N28: the entry that a block replaced holds again, with its end", arguments: [30, nil])
  func replaced(_ days: Int?) throws {
    let action = try blocked(allowedDays: days)
    let before = try #require(try list.entries(of: ["t"], all: true).last)
    let end = before.expires.map { "expires \($0.text)" } ?? "never expires"
    let text = "entry 1 (allow, \(end))"
    #expect(before.removed != nil)
    #expect(try world.action(action).before == text)
    #expect(
      try world.action(action).detail
        == "entry 2 of the allow and block list, in the place of \(text)"
    )
    #expect(try refusal(action) == nil)
    try world.run()
    let back = ResponseReference(tenant: "t", number: 2)
    let told =
      "entry 2 is off the allow and block list; \(text), which it had replaced, holds again"
    #expect(try world.action(back).detail == told)
    #expect(try world.store().action(back).history.last?.comment == told)
    let now = try list.entries(of: ["t"])
    #expect(now.map(\.reference.number) == [1] && now[0].removed == nil)
    #expect(now[0].note == "asked for" && now[0].createdBy == "bob")
    #expect(now[0].expires == before.expires && now[0].created == before.created)
    var mail = ArrivingMail()
    mail.sender = "eve@evil.example"
    #expect(try list.filter(of: "t").effect(on: mail).word == "allowed")
  }

  @Test("a replaced entry that has expired meanwhile stays off, which is told")
  func expired() throws {
    let action = try blocked(allowedDays: 2)
    world.clock.advance(nanoseconds: 3 * 86_400_000_000_000)
    #expect(try refusal(action) == nil)
    try world.run()
    let back = try world.action(ResponseReference(tenant: "t", number: 2))
    #expect(back.detail.hasSuffix("which it had replaced, has expired meanwhile"))
    #expect(try list.entries(of: ["t"]).isEmpty)
  }

  @Test("where somebody else's entry stands in its place nothing comes back, and chains unwind")
  func chains() throws {
    let first = try blocked(allowedDays: 30)
    // A later block of somebody else takes the place of the allow that an action put there.
    let second = try done(.allowFile, [("sha256", Self.hash)])
    let third = try done(.blockFile, [("sha256", Self.hash)])
    #expect(try refusal(second)?.contains("was replaced by entry 4 (block)") == true)
    #expect(try refusal(third) == nil)
    try world.run()
    #expect(try refusal(second) == nil, "what it put there holds again")
    try world.run()
    #expect(try list.entries(of: ["t"]).map(\.kind) == [.sender])
    _ = try list.add(
      EntryRequest(.allow, .sender, "eve@evil.example", of: "t"),
      by: world.analyst
    )
    #expect(try refusal(first)?.contains("was replaced by entry 5 (allow)") == true)
    #expect(try list.entries(of: ["t"]).map(\.reference.number) == [5])
  }

  @Test("what became of the entry is looked at once more when it is taken off") func late() throws {
    let action = try done(.blockUrl, [("url", "http://evil.example/x")])
    #expect(try refusal(action) == nil)
    try list.remove(ResponseReference(tenant: "t", number: 1), by: world.analyst)
    try world.run()
    let back = try world.action(ResponseReference(tenant: "t", number: 2))
    #expect(back.status == .failed)
    #expect(back.detail == "entry 1, which t/1 put on the list, is off the list already")
  }

  @Test("what a program blocked is taken back there, and entries are Harrier's own to take off")
  func connected() throws {
    let way = Connection.Way.command(["/bin/true"])
    try world.store().connect(Connection(tenant: "t", kind: .blockUrl, way: way))
    let action = try done(.blockUrl, [("url", "http://evil.example/x")])
    #expect(try refusal(action)?.hasSuffix("did t/1; take it back there") == true)
    #expect(throws: ResponseFailure.self) {
      try Connection(tenant: "t", kind: .removeUrlEntry, way: way)
    }
  }

  @Test("the evidence that a block remediated is active again") func evidence() throws {
    try world.takeAlert(
      "a1",
      ##"{"@odata.type":"#microsoft.graph.security.urlEvidence","url":"http://evil.example/x"}"##
    )
    let store = try world.store()
    let request = try world.request(.blockUrl, [("url", "http://evil.example/x")])
    let bound = try store.bind([request], alert: "a1", incident: nil)
    let action = try #require(try store.propose(bound, by: world.analyst).first).action.reference
    func remediation() throws -> [String] {
      let incident = try world.incidents().incident(IncidentReference(tenant: "t", number: 1))
      return try world.incidents().details(of: incident).evidence.map(\.evidence.remediation)
    }
    try world.run()
    #expect(try remediation() == ["remediated"])
    #expect(try refusal(action) == nil)
    try world.run()
    #expect(try remediation() == ["active"])
  }
}
