import Columnar
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Tenancy
import Testing

@testable import Response

private typealias Fixture = InvestigationFixture

/// Investigations together with the action centre and its simulated environment.
struct InvestigationActionTests {
  private let world: InvestigationFixture
  private let actions: ActionStore

  init() throws {
    world = try InvestigationFixture()
    actions = ActionStore(world.incidents)
    try world.ingest(
      "EmailEvents",
      [world.mail("m1", threat: "Malware"), world.mail("m2", to: "bob@contoso.com")]
    )
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.run()
  }

  private func decide(_ decision: ActionDecision, _ numbers: Int...) throws {
    let references = numbers.map { ResponseReference(tenant: "t", number: $0) }
    let outcomes = try actions.decide(decision, references, allowsOwn: true, by: world.analyst)
    #expect(outcomes.allSatisfy { $0.failure == nil })
  }

  private func execute() throws {
    let environment = try #require(
      try EnvironmentStore.open(store: world.path, access: .readWrite, clock: world.clock)
    )
    var engine = HuntingEngine(clock: world.clock)
    engine.now = world.now
    let now = world.now
    let source = StoredRowSource(store: world.path, engine: engine) { tenant, present in
      try AccessState.withoutSetup.scope(
        of: .owner,
        for: .respond,
        over: .tenant(tenant),
        present: present,
        at: now
      )
    }
    _ = try ActionRunner(
      actions,
      at: world.path,
      environment: SimulatedConnector(environment, learningFrom: source)
    )
    .run(["t"])
  }

  @Test("one whose actions wait is not counted as concluded, and nothing has ended") func counted()
    throws
  {
    let world = try InvestigationFixture()
    let other = world.mail("m3", from: "pal@ok.example", subject: "Lunch")
    try world.ingest("EmailEvents", [world.mail("m1", threat: "Malware"), other])
    try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
    try world.alert("fa2", Fixture.reported, Fixture.mailEvidence("m3"))
    let outcome = try world.run()
    let all = try world.all()
    #expect(outcome.started == 2 && all.count == 2)
    #expect(outcome.waiting == all.count { $0.status == .pendingAction })
    #expect(outcome.waiting == 1 && outcome.concluded == 1)
    #expect(all.map { $0.ended == nil } == [true, false])
  }

  @Test("M36: approved actions are executed, and the investigation is remediated")
  func approved() throws {
    try decide(.approve, 1, 2)
    try execute()
    try world.run()
    #expect(try world.details().actions.map(\.status) == [.completed, .completed])
    #expect(try world.all()[0].status == .remediated)
    #expect(try world.alertState("fa1") == (.resolved, "successfullyRemediated"))
    let found = try world.incidents.incident(IncidentReference(tenant: "t", number: 1))
    #expect(found.status == .resolved && found.pendingActions == 0)
  }

  @Test("M36: rejected ones are declined, some of both is partly remediated") func mixed() throws {
    try decide(.approve, 1)
    try decide(.reject, 2)
    try execute()
    try world.run()
    #expect(try world.all()[0].status == .partiallyRemediated)
    let mails = try world.details().entities.filter { $0.kind == .mail }
    #expect(mails.map(\.remediation) == ["remediated", "declined"])
    #expect(try world.alertState("fa1").0 == .new)
  }

  @Test("nobody decides for a week: the system ends it") func expired() throws {
    world.advance(minutes: 8 * 24 * 60)
    try execute()
    try world.run()
    #expect(try world.details().actions.map(\.status) == [.expired, .expired])
    #expect(try world.all()[0].status == .terminatedBySystem)
  }

  @Test("M23: an action that moves a mail by hand ends the one that waits") func byHand() throws {
    let runner = InvestigationRunner(
      world.incidents,
      InvestigationTables(
        store: world.path,
        engine: HuntingEngine(clock: world.clock),
        supplements: [ActionTables(store: world.path)],
        clock: world.clock
      )
    )
    _ = try runner.run()
    world.advance(minutes: 1)
    let request = ActionRequest(
      .hardDelete,
      on: try ActionTarget(
        .hardDelete,
        [("networkMessageId", "m1"), ("recipientEmailAddress", "amy@contoso.com")]
      ),
      of: "t",
      source: .manual(.hardDelete)
    )
    _ = try actions.propose([request], by: world.analyst)
    try execute()
    world.advance(minutes: 1)
    _ = try runner.run()
    #expect(try world.details().actions.map(\.status) == [.alreadyRemediated, .pending])
  }
}
