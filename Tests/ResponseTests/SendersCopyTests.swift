import Columnar
import FileAccess
import HarrierTesting
import Incidents
import Testing

@testable import Response

/// Soft deletes that delete the copy of the sender too.
struct SendersCopyTests {
  private let world: ActionWorld

  init() throws { world = try ActionWorld() }

  private func load(
    _ location: MailLocation = .inbox,
    to recipient: String = "amy@contoso.com",
    direction: String = "Intra-org"
  ) throws {
    try world.load(
      """
      {"kind":"mail","networkMessageId":"m1","recipientEmailAddress":"\(recipient)",
      "sender":"Bob@contoso.com","direction":"\(direction)","location":"\(location.rawValue)"}
      """
    )
  }

  private func request(
    to recipient: String = "amy@contoso.com",
    sender: String = "bob@contoso.com",
    direction: String = "Intra-org",
    proposed: Bool = false
  ) throws -> ActionRequest {
    var request = try world.request(
      .softDelete,
      [("networkMessageId", "m1"), ("recipientEmailAddress", recipient)],
      proposed: proposed
    )
    try request.alsoDelete(SendersCopy(of: "m1", sender: sender, direction: direction))
    return request
  }

  private func ask(_ request: ActionRequest) throws -> ResponseReference {
    try #require(try world.store().propose([request], by: world.analyst).first).action.reference
  }

  private var copies: [SentItemLocation?] {
    get throws { try world.environment().mails(of: "t").map(\.copy) }
  }

  @Test("the mail and the copy are deleted, the record says so, and undo brings both back")
  func both() throws {
    try load()
    #expect(try copies == [.sentItems])
    let action = try ask(try request())
    try world.run()
    let ended = try world.action(action)
    #expect(ended.status == .completed)
    #expect(
      ended.detail == "moved from Inbox to Soft deleted; the copy of bob@contoso.com moved from "
        + "Sent items to Soft deleted"
    )
    #expect(ended.before == "Inbox; sender's copy: Sent items")
    #expect(try world.location() == .softDeleted)
    #expect(try copies == [.softDeleted])
    let undone = try world.store().undo([action], by: world.analyst)
    #expect(undone.actions.map(\.kind) == [.moveToInbox])
    try world.run()
    #expect(try world.location() == .inbox)
    #expect(try copies == [.sentItems])
    #expect(try world.action(undone.actions[0].reference).status == .completed)
  }

  @Test("undo without the option leaves the copy alone") func alone() throws {
    try load()
    let action = try world.ask(.softDelete)
    try world.run()
    #expect(try copies == [.sentItems])
    _ = try world.store().undo([action], by: world.analyst)
    try world.run()
    #expect(try world.action(ResponseReference(tenant: "t", number: 2)).parameters.isEmpty)
  }

  @Test("of mails to several one deletes the copy, and only its undo brings that back")
  func several() throws {
    try load()
    try load(to: "cem@contoso.com")
    let first = try ask(try request())
    let second = try ask(try request(to: "cem@contoso.com"))
    try world.run()
    #expect(try world.action(second).status == .completed)
    #expect(
      try world.action(second).detail.hasSuffix("of bob@contoso.com is in Soft deleted already")
    )
    #expect(try world.action(second).before == "Inbox")
    _ = try world.store().undo([second], by: world.analyst)
    try world.run()
    #expect(try copies == [.softDeleted, .softDeleted])
    _ = try world.store().undo([first], by: world.analyst)
    try world.run()
    #expect(try copies == [.sentItems, .sentItems])
  }

  @Test("of a mail to others the copy alone is deleted; it is no move of the mail")
  func outbound() throws {
    try load(.external, to: "x@other.example", direction: "Outbound")
    let action = try ask(try request(to: "x@other.example", direction: "Outbound"))
    try world.run()
    let ended = try world.action(action)
    #expect(ended.status == .completed)
    #expect(ended.detail.hasPrefix("the mail is not in a mailbox of the cloud"))
    #expect(try copies == [.softDeleted])
    #expect(try world.location() == .external)
    let tables = ActionTables(store: world.folder.path)
    #expect(try tables.rows(of: "EmailPostDeliveryEvents", tenant: "t").rowCount == 0)
    let undone = try world.store().undo([action], by: world.analyst)
    #expect(undone.actions.map(\.kind) == [.restoreSendersCopy])
    try world.run()
    #expect(try copies == [.sentItems])
    #expect(try world.location() == .external)
  }

  @Test(
    "mails whose sender is elsewhere are refused by name",
    arguments: ["Inbound", "Unknown", ""],
    ["bob@contoso.com"]
  )
  func refused(_ direction: String, _ sender: String) throws {
    let failure = #expect(throws: ResponseFailure.self) {
      try SendersCopy(of: "the mail m7", sender: sender, direction: direction)
    }
    #expect(failure?.description.contains("the mail m7") == true)
    #expect(failure?.description.contains("only Intra-org and Outbound") == true)
  }

  @Test("a sender is needed, and no other action deletes the copy") func otherRefusals() throws {
    #expect(throws: ResponseFailure.self) {
      try SendersCopy(of: "m1", sender: "", direction: "Outbound")
    }
    let copy = try SendersCopy(of: "m1", sender: "bob@contoso.com", direction: "intra-org")
    for kind in ActionKind.allCases where kind.subject == .mail && kind != .softDelete {
      var request = try world.request(kind)
      #expect(throws: ResponseFailure.self) { try request.alsoDelete(copy) }
    }
  }

  @Test("what the environment knows better is not deleted, nor the mail", arguments: [true, false])
  func mismatch(_ isSender: Bool) throws {
    try load(direction: isSender ? "Intra-org" : "Inbound")
    let action = try ask(try request(sender: isSender ? "eve@contoso.com" : "bob@contoso.com"))
    try world.run()
    #expect(try world.action(action).status == .failed)
    #expect(try world.action(action).detail.hasPrefix("the sender's copy is not deleted, nor"))
    #expect(try world.location() == .inbox)
    #expect(try copies.contains(.softDeleted) == false)
  }

  @Test("one that waits and wants the copy too is not done by one that did not") func waits() throws
  {
    try load()
    let waiting = try ask(try request(proposed: true))
    let plain = try world.ask(.softDelete, proposed: true)
    try world.ask(.moveToJunk)
    try world.run()
    #expect(try world.action(plain).status == .alreadyRemediated)
    #expect(try world.action(waiting).status == .pending)
    _ = try world.store().decide(.approve, [waiting], allowsOwn: true, by: world.analyst)
    try world.run()
    #expect(try world.action(waiting).status == .completed)
    #expect(try copies == [.softDeleted])
  }

  @Test("an alert asks for it beside the deletion of the mail alone") func effects() throws {
    try world.takeAlert(
      "a1",
      ##"{"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"d1"}"##
    )
    let plain = try world.request(.softDelete)
    let bound = try world.store().bind([plain, try request()], alert: "a1", incident: nil)
    let made = try world.store().propose(bound + bound, by: world.analyst)
    #expect(made.map(\.isNew) == [true, true, false, false])
  }

  @Test("connectors get it in their order") func order() throws {
    let action = try ask(try request())
    #expect(
      ActionOrder(try world.action(action)).json.contains(
        #""parameters":{"emailDirection":"Intra-org","remediateSendersCopy":"true","#
          + #""senderFromAddress":"bob@contoso.com"}"#
      )
    )
  }

  @Test("a crash anywhere leaves the copy deleted once") func crash() throws {
    var moment = 0
    while true {
      let world = try ActionWorld()
      let here = SendersCopyTests(world)
      try here.load()
      let action = try here.ask(try here.request())
      let hasCrashed = try world.runThroughCrash(at: moment)
      #expect(try world.action(action).before == "Inbox; sender's copy: Sent items", "\(moment)")
      #expect(try here.copies == [.softDeleted])
      if !hasCrashed { break }
      moment += 1
    }
    #expect(moment > 3)
  }

  private init(_ world: ActionWorld) { self.world = world }
}

/// Mails that somebody names by hand, of which mail events tell the sender.
struct SendersCopySearchTests {
  private struct Rows: TenantRowSource {
    let mails: [[String: String]]

    func rows(
      _ text: String,
      of tenant: String,
      parameters: [String: Scalar]
    ) -> [[String: Scalar]] {
      mails.map { $0.mapValues { .string(ByteString($0)) } }
    }
  }

  private func search(_ direction: String) throws -> [ActionRequest] {
    let request = try ActionWorld().request(.softDelete)
    let mail = [
      "Message": "m1", "Recipient": "amy@contoso.com", "Sender": "bob@contoso.com",
      "Direction": direction,
    ]
    return try SendersCopySearch(Rows(mails: [mail])).addCopies(to: [request])
  }

  @Test("the sender is that of the mail's events") func found() throws {
    let parameters = try search("Outbound")[0].parameters
    #expect(
      parameters == [
        "remediateSendersCopy": "true", "senderFromAddress": "bob@contoso.com",
        "emailDirection": "Outbound",
      ]
    )
  }

  @Test("one that came from outside and one that no row tells of are refused") func refused() throws
  {
    #expect(throws: ResponseFailure.self) { try search("Inbound") }
    let request = try ActionWorld().request(.softDelete)
    let failure = #expect(throws: ResponseFailure.self) {
      try SendersCopySearch(Rows(mails: [])).addCopies(to: [request])
    }
    #expect(failure?.description.contains("no row of EmailEvents in 't'") == true)
  }
}
