import Columnar
import FileAccess
import Incidents
import Testing

@testable import Response

/// What the five actions on mails do at each location.
struct ActionMailTests {
  private static let kinds: [ActionKind] = [
    .moveToInbox, .moveToJunk, .moveToDeletedItems, .softDelete, .hardDelete,
  ]

  @Test("five actions by ten locations", arguments: kinds, MailLocation.allCases)
  func matrix(_ kind: ActionKind, _ location: MailLocation) throws {
    let world = try ActionWorld()
    try world.loadMail(at: location)
    let action = try world.ask(kind)
    try world.run()
    let ended = try world.action(action)
    let actionable: Set<MailLocation> = [
      .inbox, .junk, .deletedItems, .softDeleted, .quarantine,
    ]
    if kind.destination == location {
      #expect(ended.status == .alreadyInDestination)
      #expect(try world.location() == location)
    } else if actionable.contains(location) {
      #expect(ended.status == .completed)
      #expect(ended.before == location.rawValue)
      #expect(try world.location() == kind.destination)
    } else {
      #expect(ended.status == .failed)
      #expect(!ended.detail.isEmpty)
      #expect(try world.location() == location)
    }
  }

  @Test("an undone move brings the mail back to where it was", arguments: kinds)
  func undo(_ kind: ActionKind) throws {
    for location in [MailLocation.inbox, .junk, .deletedItems, .softDeleted, .quarantine]
    where location != kind.destination {
      let world = try ActionWorld()
      try world.loadMail(at: location)
      let action = try world.ask(kind)
      try world.run()
      let (made, outcomes) = try world.store().undo([action], by: world.analyst)
      if kind == .hardDelete {
        #expect(made.isEmpty)
        #expect(outcomes[0].failure?.description.contains("for good") == true)
        continue
      }
      try world.run()
      #expect(try world.location() == location)
      #expect(try world.action(action).status == .completed)
      #expect(try world.action(made[0].reference).undoes == action)
      let again = try world.store().undo([action], by: world.analyst)
      #expect(again.outcomes[0].failure?.description.contains("takes t/1 back already") == true)
    }
  }

  @Test("a mail that another action handled before is not handled twice") func handledBefore()
    throws
  {
    let world = try ActionWorld()
    try world.loadMail(at: .inbox)
    let waiting = try world.ask(.softDelete, proposed: true)
    let inbox = try world.ask(.moveToInbox, proposed: true)
    try world.ask(.moveToJunk)
    try world.run()
    #expect(try world.action(waiting).status == .alreadyRemediated)
    // What takes no danger out of it waits on.
    #expect(try world.action(inbox).status == .pending)
    let outcomes = try world.store()
      .decide(.approve, [waiting], allowsOwn: true, by: world.analyst)
    #expect(outcomes[0].failure != nil)
    try world.run()
    #expect(try world.location() == .junk)
  }

  @Test("of two approved at once only the first is executed") func approvedTogether() throws {
    let world = try ActionWorld()
    try world.loadMail(at: .inbox)
    let first = try world.ask(.softDelete, proposed: true)
    let second = try world.ask(.softDelete, proposed: true)
    let outcomes = try world.store()
      .decide(.approve, [first, second], allowsOwn: true, by: world.analyst)
    #expect(outcomes.allSatisfy { $0.failure == nil })
    try world.run()
    #expect(try world.action(first).status == .completed)
    #expect(try world.action(second).status == .alreadyRemediated)
  }

  @Test("a proposed action finds the mail out of reach by now") func movedElsewhere() throws {
    let world = try ActionWorld()
    try world.loadMail(at: .inbox)
    let waiting = try world.ask(.softDelete, proposed: true)
    // An event tells of it, no action.
    try world.loadMail(at: .quarantine)
    _ = try world.store().decide(.approve, [waiting], allowsOwn: true, by: world.analyst)
    try world.run()
    #expect(try world.action(waiting).status == .alreadyRemediated)
    #expect(try world.location() == .quarantine)
  }

  @Test(
    "locations in the words of mail events",
    arguments: [
      ("Inbox/folder", MailLocation.inbox), ("Junk folder", .junk),
      ("Deleted items", .deletedItems),
      ("Soft-deleted", .softDeleted), ("Hard-deleted", .hardDeleted), ("Quarantine", .quarantine),
      ("On-premises/external", .external), ("Failed", .failed), ("Dropped", .dropped),
      ("", .unknown),
    ]
  )
  func words(_ text: String, _ location: MailLocation) {
    #expect(MailLocation(reading: text) == location)
    if !text.isEmpty { #expect(MailLocation(reading: location.rawValue) == location) }
  }

  @Test("M21: from an incident a mail is deleted and an inbox rule removed, and both are told of")
  func fromIncident() throws {
    let world = try ActionWorld()
    try world.takeAlert(
      "a1",
      """
      {"@odata.type":"#microsoft.graph.security.mailboxEvidence",
      "primaryAddress":"amy@contoso.com"}
      """
    )
    try world.loadMail(at: .inbox)
    try world.load(
      """
      {"kind":"inboxRule","mailboxPrimaryAddress":"amy@contoso.com","ruleName":"hide"}
      """
    )
    let incident = try world.incidents().incident(IncidentReference(tenant: "t", number: 1))
    let rule = [("mailboxPrimaryAddress", "amy@contoso.com"), ("ruleName", "hide")]
    for (kind, target) in [(ActionKind.softDelete, ActionWorld.mail), (.removeInboxRule, rule)] {
      var request = try world.request(kind, target)
      request.incident = incident.id
      _ = try world.store().propose([request], by: world.analyst)
    }
    try world.run()
    #expect(try world.location() == .softDeleted)
    #expect(try world.environment().inboxRules(of: "t").isEmpty)
    let actions = try world.store().actions(of: incident)
    #expect(actions.map(\.kind) == [.softDelete, .removeInboxRule])
    #expect(actions.allSatisfy { $0.status == .completed })
  }
}
