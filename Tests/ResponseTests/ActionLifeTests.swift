import Columnar
import FileAccess
import GRDB
import Incidents
import Testing

@testable import Response

/// The life of actions: decisions, expiry, failures, requests of rules.
struct ActionLifeTests {
  @Test("whatever is done with actions, each goes only where its status may go")
  func statusMachine() throws {
    let seed = UInt64.random(in: 0..<1 << 40)
    let chance = SeededRandomness(seed: seed)
    func draw(_ bound: Int) -> Int { Int(chance.nextUInt64() >> 33) % bound }
    var world = try ActionWorld()
    world.limits.mostAtOnce = 2
    try world.loadMail(at: .inbox)
    try world.load(#"{"kind":"device","deviceId":"d1"}"#)
    var known: [ResponseReference] = []
    let kinds: [ActionKind] = [
      .moveToJunk, .softDelete, .moveToInbox, .isolateDevice, .disableUser,
    ]
    let device = [("deviceId", "d1"), ("accountUpn", "x@y.z")]
    for _ in 0..<120 {
      let store = try world.store()
      let one = known.isEmpty ? nil : known[draw(known.count)]
      switch (draw(9), one) {
      case (0...2, _), (_, nil):
        let kind = kinds[draw(kinds.count)]
        let target = kind.subject == .mail ? ActionWorld.mail : device
        known.append(try world.ask(kind, target, proposed: draw(2) == 0))
      case (3, let one?):
        _ = try store.decide(.approve, [one], allowsOwn: true, by: world.analyst)
      case (4, let one?):
        _ = try store.decide(.reject, [one], allowsOwn: true, by: world.analyst)
      case (5, let one?): _ = try store.retry([one], by: world.analyst)
      case (6, let one?): _ = try store.settle([one], didRun: true, by: world.analyst)
      case (7, let one?): known += try store.undo([one], by: world.analyst).actions.map(\.reference)
      default: try world.run(draw(4) == 0 ? CountingConnector(.init(.mayHaveRun, "?")) : nil)
      }
      world.clock.advance(nanoseconds: UInt64(draw(12)) * 3_600_000_000_000)
    }
    for reference in known {
      let statuses = try world.statuses(reference).compactMap(ActionStatus.init)
      let action = try world.action(reference)
      #expect(statuses.last == action.status, "seed \(seed)")
      #expect([.pending, .queued, .approved].contains(statuses[0]), "seed \(seed)")
      for (status, next) in zip(statuses, statuses.dropFirst()) {
        #expect(status.next.contains(next), "\(reference): \(status) to \(next), seed \(seed)")
      }
    }
  }

  @Test("many are decided together where they are of one kind; each other fails by name")
  func bulk() throws {
    let world = try ActionWorld()
    let store = try world.store()
    let deletions = try ["m1", "m2"].map {
      try world.ask(
        .softDelete,
        [("networkMessageId", $0), ("recipientEmailAddress", "a@b.c")],
        proposed: true
      )
    }
    let isolation = try world.ask(.isolateDevice, [("deviceId", "d1")], proposed: true)
    #expect(throws: ResponseFailure.self) {
      try store.decide(.approve, deletions + [isolation], allowsOwn: true, by: world.analyst)
    }
    #expect(try world.action(isolation).status == .pending)
    let missing = ResponseReference(tenant: "t", number: 99)
    let outcomes = try store.decide(
      .reject,
      deletions + [missing],
      comment: "no",
      allowsOwn: true,
      by: world.analyst
    )
    #expect(outcomes.map { $0.failure == nil } == [true, true, false])
    let again = try store.decide(.approve, [deletions[0]], allowsOwn: true, by: world.analyst)
    #expect(again[0].failure?.description == "t/1 is rejected, not pending")
  }

  @Test("who asked does not approve where somebody else is to") func twoPeople() throws {
    let world = try ActionWorld()
    let action = try world.ask(.isolateDevice, [("deviceId", "d1")], proposed: true)
    let store = try world.store()
    let own = try store.decide(.approve, [action], allowsOwn: false, by: world.analyst)
    #expect(own[0].failure?.description.contains("somebody else approves") == true)
    let other = Actor(principal: "bob")
    #expect(try store.decide(.approve, [action], allowsOwn: false, by: other)[0].failure == nil)
  }

  @Test("after a week nobody decides any more") func expiry() throws {
    let world = try ActionWorld()
    let action = try world.ask(.isolateDevice, [("deviceId", "d1")], proposed: true)
    world.clock.advance(nanoseconds: 7 * 86_400_000_000_000 - 100)
    #expect(try world.store().expire() == 0)
    world.clock.advance(nanoseconds: 100)
    let late = try world.store().decide(.approve, [action], allowsOwn: true, by: world.analyst)
    #expect(late[0].failure?.description.contains("expired") == true)
    #expect(try world.statuses(action) == ["pending", "expired"])
  }

  @Test("what failed is executed once more") func retry() throws {
    let world = try ActionWorld()
    let action = try world.ask(.isolateDevice, [("deviceId", "d1")])
    try world.run()
    #expect(try world.action(action).status == .failed)
    try world.load(#"{"kind":"device","deviceId":"D1"}"#)
    #expect(try world.store().retry([action], by: world.analyst)[0].failure == nil)
    try world.run()
    #expect(try world.action(action).status == .completed)
    #expect(try world.environment().devices(of: "t")[0].isolation == "full")
    #expect(try world.store().retry([action], by: world.analyst)[0].failure != nil)
  }

  @Test("a rule's request becomes an action once, of its alert and incident") func requests() throws
  {
    let world = try ActionWorld()
    try world.takeAlert(
      "a1",
      ##"{"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"d1"}"##
    )
    try world.load(#"{"kind":"device","deviceId":"d1"}"#)
    try world.store().write { writer in
      let alert: String = try #require(
        try writer.incidents.rows("SELECT id FROM alerts", []).first?["id"]
      )
      for (kind, targets) in [
        ("isolateDevice", #"{"DeviceId":"d1"}"#), ("blockFile", #"{"SHA1":"ab"}"#),
        ("nothing", "{}"), ("initiateInvestigation", #"{"DeviceId":"d1"}"#),
      ] {
        try writer.incidents.run(
          """
          INSERT INTO requested_actions (tenant, alert, kind, targets, isolation, device_groups,
            requested)
          VALUES ('t', ?, ?, ?, 'selective', '[]', 1)
          """,
          [alert, kind, targets]
        )
      }
    }
    // What rules ask for in other tenants is theirs to take.
    #expect(try world.store().takeRequests(in: ["u"]) == ActionStore.Requests())
    let outcome = try world.run()
    #expect(outcome.requests.taken == 2)
    #expect(outcome.requests.refused.count == 1)
    #expect(try world.run().requests == ActionStore.Requests())
    let isolated = try world.action(ResponseReference(tenant: "t", number: 1))
    #expect(isolated.status == .completed)
    #expect(isolated.incidentNumber == 1)
    #expect(isolated.source == ActionSource.customDetection.rawValue)
    #expect(try world.environment().devices(of: "t")[0].isolation == "selective")
    let entries = try world.store()
      .read { try $0.rows("SELECT value, action FROM allow_block_entries", []) }
    #expect(entries.map { $0["value"] as String } == ["ab"])
    let reference = IncidentReference(tenant: "t", number: 1)
    let evidence = try world.incidents().details(of: world.incidents().incident(reference)).evidence
    #expect(evidence.map(\.evidence.remediation) == ["remediated"])
    _ = try world.store().undo([isolated.reference], by: world.analyst)
    try world.run()
    let after = try world.incidents().details(of: world.incidents().incident(reference)).evidence
    #expect(after.map(\.evidence.remediation) == ["active"])
  }

  @Test("an alert asks for an effect once, and its incident counts what waits") func onceAnAlert()
    throws
  {
    let world = try ActionWorld()
    try world.takeAlert(
      "a1",
      ##"{"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"d1"}"##
    )
    let store = try world.store()
    let request = try world.request(.isolateDevice, [("deviceId", "d1")], proposed: true)
    let bound = try store.bind([request], alert: "a1", incident: nil)
    #expect(try store.propose(bound, by: world.analyst).map(\.isNew) == [true])
    #expect(try store.propose(bound, by: world.analyst).map(\.isNew) == [false])
    let reference = IncidentReference(tenant: "t", number: 1)
    #expect(try world.incidents().incident(reference).pendingActions == 1)
    let action = ResponseReference(tenant: "t", number: 1)
    _ = try store.decide(.reject, [action], allowsOwn: true, by: world.analyst)
    let incident = try world.incidents().incident(reference)
    #expect(incident.pendingActions == 0)
    let details = try world.incidents().details(of: incident)
    #expect(details.evidence.map(\.evidence.remediation) == ["declined"])
    #expect(
      details.history.filter { $0.action == "response action" }.map(\.new)
        == ["pending", "rejected"]
    )
    #expect(throws: ResponseFailure.self) { try store.bind([request], alert: "x", incident: nil) }
  }

  @Test("N11: an action that is recorded for an incident changes it, and its place in the queue")
  func incidentChanges() throws {
    let world = try ActionWorld()
    let device = ##"{"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"d"##
    try world.takeAlert("a1", device + ##"1"}"##)
    world.clock.advance(nanoseconds: 60_000_000_000)
    try world.takeAlert("a2", device + ##"2"}"##)
    let incidents = try world.incidents()
    #expect(try incidents.incidents(of: ["t"]).incidents.map(\.reference.number) == [2, 1])
    world.clock.advance(nanoseconds: 60_000_000_000)
    let request = try world.request(.isolateDevice, [("deviceId", "d1")])
    let reference = IncidentReference(tenant: "t", number: 1)
    let bound = try world.store().bind([request], alert: nil, incident: reference)
    _ = try world.store().propose(bound, by: world.analyst)
    #expect(try incidents.incident(reference).updated == incidents.now)
    #expect(try incidents.incident(reference).acknowledged == incidents.now, "N30: a person asks")
    #expect(try incidents.incidents(of: ["t"]).incidents.map(\.reference.number) == [1, 2])
    world.clock.advance(nanoseconds: 60_000_000_000)
    try world.run()
    #expect(try incidents.incident(reference).updated == incidents.now, "and when it is executed")
  }

  @Test("each state of a device, a user and an app is taken back") func opposites() throws {
    let world = try ActionWorld()
    try world.load(
      #"{"kind":"device","deviceId":"d1"}"#,
      #"{"kind":"identity","accountSid":"S-1","accountUpn":"x@y.z"}"#,
      #"{"kind":"appConsent","appId":"a1","accountUpn":"x@y.z"}"#
    )
    let known = [("deviceId", "d1"), ("sha1", "ab"), ("accountSid", "s-1"), ("appId", "a1")]
    let devices = try world.environment().devices(of: "t")
    let users = try world.environment().identities(of: "t")
    func consents() throws -> [Bool] {
      try world.environment().consents(of: "t").map(\.isGranted)
    }
    for kind in ActionKind.allCases where kind.opposite != nil {
      let action = try world.ask(kind, known)
      try world.run()
      #expect(try world.action(action).status == .completed, "\(kind)")
      let isChanged =
        try world.environment().devices(of: "t") != devices
        || world.environment().identities(of: "t") != users || consents() != [true]
      #expect(isChanged, "\(kind)")
      let twice = try world.ask(kind, known)
      try world.run()
      #expect(try world.action(twice).status == .alreadyRemediated, "\(kind)")
      _ = try world.store().undo([action], by: world.analyst)
      try world.run()
      #expect(try world.environment().devices(of: "t") == devices, "\(kind)")
      #expect(try world.environment().identities(of: "t") == users, "\(kind)")
      #expect(try consents() == [true], "\(kind)")
    }
  }
}
