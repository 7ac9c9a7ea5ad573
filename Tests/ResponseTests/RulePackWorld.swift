import Alerts
import AttackGeneration
import Columnar
import DetectionRules
import Detections
import FileAccess
import Hunting
import Incidents
import OperationalStore
import StructuredText
import TableStore
import Tenancy
import Testing

@testable import Response

/// A pack at work in a store: its rules run, their alerts become incidents, and these are
/// investigated.
struct RulePackWorld {
  let world: InvestigationFixture
  private let detections: DetectionStore

  init() throws {
    world = try InvestigationFixture()
    detections = try #require(
      try DetectionStore.open(store: world.path, access: .readWrite, clock: world.clock)
    )
  }

  /// The end of events; what is in mailboxes now happened before.
  var yesterday: DateTime { DateTime(ticks: world.now.ticks - TimeSpan.ticksPerDay) }

  /// Runs the rules of a pack over what happened.
  func detect(_ pack: RulePack, over scenario: PackScenario) throws {
    for found in try pack.rules() { try add(found) }
    for table in scenario.all.tables(of: "t") {
      try world.ingest(table.rawValue, scenario.all.rows(of: table, tenant: "t"))
    }
    for _ in 0..<2 {
      #expect(try tick().allSatisfy { $0.failure == nil })
      world.advance(minutes: 60)
    }
  }

  private func add(_ found: RuleTestSearch.FoundRule) throws {
    let bytes = try LocalFileSystem().readAll(found.path, limitBytes: TextDocument.sizeLimit)
    let document = try TextDocument(bytes, format: .yaml)
    try detections.add(found.rule, document: document.text, format: .yaml, by: "owner")
    try detections.assign(found.rule.id, to: "t", state: .enabled)
  }

  private func tick() throws -> [RunRecord] {
    let engines = StoredEngines(
      store: world.path,
      engine: HuntingEngine(clock: world.clock),
      cache: SegmentCache(),
      supplements: [AlertTables(store: world.path)]
    )
    let events = StoreEvents(engines, budget: RuleEvaluation.Budget()) {
      [now = world.now] tenant, present in
      try AccessState.withoutSetup.scope(
        of: .owner,
        for: .hunt,
        over: .tenant(tenant),
        present: present,
        at: now
      )
    }
    return try Scheduler(detections, RuleRunner(detections, events, owner: "test"), threads: 1)
      .tick().runs
  }

  func alerts(_ title: String? = nil) throws -> [StoredAlert] {
    try detections.alerts(of: "t").filter { title == nil || $0.title == title }
  }

  /// The values of an identifier that entities of alerts with a title have.
  func named(_ kind: EntityKind, _ identifier: String, by title: String) throws -> [String] {
    try alerts(title).flatMap { try detections.entities(ofAlert: $0.id) }
      .filter { $0.kind == kind }.compactMap { $0[identifier] }
  }

  /// The actions that wait for approval: their kinds and targets.
  func actions() throws -> [String] {
    try world.all().flatMap { try world.store.details(of: $0).actions }
      .map { "\($0.kind) \($0.target)" }
  }

  /// What investigations found to be malicious of a kind.
  func malicious(_ kind: InvestigationEntity.Kind, _ identifier: String) throws -> Set<String> {
    Set(
      try world.all().flatMap { try world.store.details(of: $0).entities }
        .filter { $0.kind == kind && $0.verdict == .malicious }.compactMap { $0[identifier] }
    )
  }

  /// Holds that each alert starts a playbook of the pack, which sees a threat and asks for actions.
  func investigate(_ pack: RulePack) throws {
    _ = try IncidentPipeline(world.incidents).run()
    try world.run()
    let investigations = try world.all()
    #expect(investigations.count == (try alerts().count))
    for investigation in investigations {
      #expect(pack.playbooks.contains(investigation.playbook))
      #expect(investigation.status == .pendingAction, "\(investigation.detail)")
      #expect(try world.store.details(of: investigation).steps.allSatisfy { !$0.isFailed })
    }
  }
}
