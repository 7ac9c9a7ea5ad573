import Columnar
import FileAccess
import GRDB
import HarrierTesting
import Incidents
import OperationalStore
import Testing

@testable import Alerts
@testable import Response

/// How much is done to mails at once.
struct RemediationLimitTests {
  private func requests(_ world: ActionWorld, _ count: Int, _ approval: String) throws
    -> [ActionRequest]
  {
    try (0..<count).map { number in
      var request = try world.request(
        .softDelete,
        [
          ("networkMessageId", "\(approval)-\(number)"),
          ("recipientEmailAddress", "amy@contoso.com"),
        ]
      )
      request.approval = approval
      return request
    }
  }

  @discardableResult
  private func ask(_ world: ActionWorld, _ count: Int, _ approval: String) throws -> [ActionRecord]
  {
    try world.store().propose(try requests(world, count, approval), by: world.analyst)
      .map(\.action)
  }

  /// A world where two remediations of two mails are the most.
  private func narrow() throws -> ActionWorld {
    var world = try ActionWorld()
    world.limits.mostAtOnce = 2
    return world
  }

  private func runner(_ world: ActionWorld) throws -> ActionRunner {
    ActionRunner(try world.store(), at: world.folder.path, environment: CountingConnector())
  }

  private func statuses(_ world: ActionWorld, _ approval: String) throws -> Set<ActionStatus> {
    var filter = ActionFilter()
    filter.approval = approval
    return Set(try world.store().actions(of: ["t"], filter: filter).actions.map(\.status))
  }

  @Test("M29: fifty remediations of mails are at work at once; another waits until one ends")
  func most() throws {
    let world = try ActionWorld()
    for number in 0..<50 { try ask(world, 2, "a\(number)") }
    let next = try #require(try ask(world, 1, "next").first)
    #expect(next.status == .queued)
    #expect(next.detail.contains("50 are the most at once"))
    // More of what is at work goes on, and what is no mail is not counted.
    #expect(try ask(world, 3, "a7").last?.status == .approved)
    let isolation = try world.ask(.isolateDevice, [("deviceId", "d")])
    #expect(try world.action(isolation).status == .approved)
    let connector = CountingConnector()
    try world.run(connector)
    #expect(try world.statuses(next.reference) == ["queued", "approved", "running", "completed"])
    #expect(connector.executed.last == next.reference.description)
    #expect(Set(connector.executed).count == connector.executed.count)
  }

  @Test("those that wait begin in the order in which they were asked for, each wholly")
  func order() throws {
    let world = try narrow()
    for approval in ["a", "b", "c", "d", "e"] { try ask(world, 2, approval) }
    // Whoever comes later does not overtake, not even with what is asked for again.
    try ask(world, 1, "d")
    for approval in ["a", "b"] { #expect(try statuses(world, approval) == [.approved]) }
    for approval in ["c", "d", "e"] { #expect(try statuses(world, approval) == [.queued]) }
    #expect(try world.store().beginQueued(in: ["t"]) == 0)
    let connector = CountingConnector()
    #expect(try world.run(connector).total == 11)
    let begun = connector.executed.compactMap { $0.split(separator: "/").last.flatMap { Int($0) } }
    #expect(Array(begun.prefix(4)) == [1, 2, 3, 4])
    #expect(Set(begun[4..<9]) == [5, 6, 7, 8, 11])
    #expect(Set(begun[9...]) == [9, 10])
  }

  @Test("one alone may begin beside a large one's end only") func large() throws {
    var world = try ActionWorld()
    world.limits.largest = 3
    try ask(world, 4, "large")
    let other = try ask(world, 1, "other")[0]
    #expect(other.detail == "waits until the remediation large of 4 mails is done")
    #expect(try world.store().beginQueued(in: ["t"]) == 0)
    try world.run(CountingConnector())
    #expect(try world.action(other.reference).status == .completed)
    // Of two that wait the large one begins alone.
    for (approval, count) in [("again", 4), ("large2", 4), ("small", 1)] {
      try ask(world, count, approval)
    }
    _ = try runner(world).run(["t"], .approval("again"))
    #expect(try statuses(world, "large2") == [.approved])
    #expect(try statuses(world, "small") == [.queued])
    try world.run(CountingConnector())
    #expect(try statuses(world, "small") == [.completed])
  }

  @Test("what is approved, retried or asked for by rules waits too, what is taken back does not")
  func otherWays() throws {
    let world = try narrow()
    let store = try world.store()
    let failed = try ask(world, 1, "failed")[0].reference
    try world.run()
    #expect(try world.action(failed).status == .failed)
    var proposed = try requests(world, 1, "proposed")[0]
    proposed.needsApproval = true
    let waiting = try #require(try store.propose([proposed], by: world.analyst).first).action
    #expect(waiting.status == .pending)
    let done = try ask(world, 1, "done")[0].reference
    try world.run(CountingConnector(.init(.completed, "", before: "Inbox")))
    for approval in ["a", "b"] { try ask(world, 1, approval) }
    let decided = try store.decide(
      .approve,
      [waiting.reference],
      comment: "yes",
      allowsOwn: true,
      by: world.analyst
    )
    #expect(decided.first?.failure == nil)
    let approved = try world.action(waiting.reference)
    #expect(approved.status == .queued && approved.decidedBy == "ann")
    #expect(approved.detail.hasPrefix("yes: waits until"))
    #expect(try store.retry([failed], by: world.analyst)[0].failure == nil)
    #expect(try world.action(failed).status == .queued)
    let undone = try store.undo([done], by: world.analyst).actions
    #expect(undone.map(\.status) == [.approved])
    #expect(try store.hasWork(in: ["t"]))
    #expect(try world.run(CountingConnector()).queued == 0)
    #expect(
      try world.statuses(waiting.reference).suffix(3) == ["approved", "running", "completed"]
    )
  }

  @Test("what is executed alone leaves the others in the queue, and is told of") func alone() throws
  {
    let world = try narrow()
    for approval in ["a", "b", "c", "d"] { try ask(world, 1, approval) }
    let runner = try runner(world)
    let outcome = try runner.run(["t"], .approval("d"))
    #expect(outcome.total == 0 && outcome.queued == 2)
    // The place of one that ended is taken by the first that waits.
    #expect(try runner.run(["t"], .approval("a")).queued == 1)
    #expect(try statuses(world, "c") == [.approved])
    #expect(try runner.run(["t"]).queued == 0)
  }

  @Test("another tenant has room of its own") func tenants() throws {
    let world = try narrow()
    for approval in ["a", "b", "c"] { try ask(world, 1, approval) }
    let other = try world.ask(.softDelete, of: "u")
    #expect(try world.action(other).status == .approved)
  }

  @Test("what waits is executed exactly once, wherever a run is ended") func crashes() throws {
    var moment = 0
    while true {
      var world = try ActionWorld()
      world.limits.mostAtOnce = 1
      let mails = ["m1", "m2", "m3"]
      for id in mails {
        try world.load(
          """
          {"kind":"mail","networkMessageId":"\(id)","recipientEmailAddress":"amy@contoso.com",
          "location":"Inbox"}
          """
        )
      }
      let actions = try mails.map {
        try world.ask(
          .softDelete,
          [("networkMessageId", $0), ("recipientEmailAddress", "amy@contoso.com")]
        )
      }
      let hasCrashed = try world.runThroughCrash(at: moment)
      for (index, action) in actions.enumerated() {
        let life = (index == 0 ? [] : ["queued"]) + ["approved", "running", "completed"]
        #expect(try world.statuses(action) == life, "crash at \(moment)")
      }
      #expect(
        try world.environment().mails(of: "t").map(\.location.rawValue)
          == Array(repeating: "Soft deleted", count: 3)
      )
      if !hasCrashed { break }
      moment += 1
    }
    #expect(moment > 10)
  }

  @Test("a remediation of which a part had begun when a run was ended begins wholly")
  func parts() throws {
    let world = try narrow()
    for approval in ["a", "b", "c"] { try ask(world, 3, approval) }
    try world.run(CountingConnector())
    for approval in ["d", "e", "f"] { try ask(world, 3, approval) }
    let store = try world.store()
    try store.write { writer in
      let first = try writer.actions(
        "WHERE actions.approval = 'f' ORDER BY actions.id LIMIT 1",
        []
      )[0]
      _ = try writer.advance(first, ActionStep(status: .approved), by: .response)
    }
    #expect(try store.beginQueued(in: ["t"], step: 1) == 2)
    #expect(try statuses(world, "f") == [.approved])
  }
}

/// The step of the database in which actions could be queued.
struct ActionMigrationTests {
  @Test("actions of an older store stay as they are, and may be queued") func kept() throws {
    let world = try ActionWorld()
    let path = AlertDatabase.path(in: world.folder.path)
    let older = Array(AlertDatabase.migrations.prefix { $0.name != "response-3" })
    try OperationalStore(path: path, access: .readWrite, migrations: older).write { database in
      try database.execute(
        sql: """
          INSERT INTO actions (tenant, number, kind, target, effect, approval, source, status,
            requested_by, is_system, requested)
          VALUES ('t', 7, 'softDelete', '{"networkMessageId":"m1"}', 'x', 'a', 's', 'failed', 'ann',
            0, 1);
          INSERT INTO action_history (tenant, action, at, actor, is_system, status)
          VALUES ('t', 1, 1, 'ann', 0, 'failed');
          """
      )
    }
    let store = try world.store()
    let kept = try store.action(ResponseReference(tenant: "t", number: 7))
    #expect(kept.action.status == .failed && kept.history.count == 1)
    try store.write { try $0.incidents.run("UPDATE actions SET status = 'queued'", []) }
    #expect(try world.action(kept.action.reference).status == .queued)
    #expect(throws: StoreFailure.self) {
      try store.write { try $0.incidents.run("UPDATE actions SET status = 'no'", []) }
    }
    let indexes = try store.read { reader in
      try reader.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'actions'",
        []
      )
      .count
    }
    #expect(indexes == 10)
  }
}
