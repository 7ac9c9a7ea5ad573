import Alerts
import Columnar
import DetectionRules
import Execution
import FileAccess
import GRDB
import Glibc
import HarrierTesting
import Hunting
import OperationalStore
import SourceText
import Testing

@testable import Incidents

/// What KQL shows of alerts and incidents is what the store has, whatever was done to them.
struct MirrorTests {
  /// `HARRIER_MIRROR` sets how many operations there are.
  private static let operations =
    getenv("HARRIER_MIRROR").flatMap { Int(String(cString: $0)) } ?? 400

  @Test("after random operations KQL and the store agree") func mirror() throws {
    let world = try AlertWorld()
    var work = RandomWork(world: world, seed: 7)
    for step in 1...Self.operations {
      try work.doSomething()
      if step % max(50, Self.operations / 20) == 0 || step == Self.operations {
        try compare(world)
        try ListOracle(store: world.store).check()
      }
    }
    #expect(work.done.count > 8, "each kind of operation happened: \(work.done)")
    try NarrowedRows(store: world.folder.path).check()
  }

  @Test("lists know what changed since their blocks were written") func unfolded() throws {
    let world = try AlertWorld()
    var work = RandomWork(world: world, seed: 11)
    for _ in 1...300 { try work.doSomething() }
    let oracle = ListOracle(store: world.store)
    // As an update of the format leaves it, and whatever writes past the store.
    try world.store.database.write { database in
      try database.execute(
        sql: """
          DELETE FROM incident_block_parts WHERE place % 256 = 1;
          INSERT OR IGNORE INTO changed_incidents SELECT id FROM incidents WHERE id / 64 = 1;
          UPDATE incidents SET assigned_to = 'new to lists', priority = 35 WHERE id % 3 = 0;
          INSERT INTO incident_tags (tenant, tag, incident, is_system)
            SELECT tenant, 'TAG9', id, 0 FROM incidents WHERE id % 5 = 0;
          DELETE FROM incident_facets WHERE kind = 'category' AND incident % 7 = 0;
          """
      )
    }
    try oracle.check()
    let some = try world.store.incidents(of: ["t"], filter: IncidentFilter(reading: "tag=tag9"))
    #expect(some.total > 5)
    try world.store.write { _ in }
    let left = try world.store.database.read { database in
      try Int.fetchOne(database, sql: "SELECT count(*) FROM changed_incidents")
    }
    #expect(left == 0)
    try oracle.check()
    try oracle.check(tenants: ["nobody"])
    try oracle.check(limit: 1, offset: 70)
  }

  private func compare(_ world: AlertWorld) throws {
    let reader = try MirrorReader(store: world.folder.path)
    let incidents = try world.store.incidents(
      of: ["t"],
      filter: try IncidentFilter(
        reading: "status=active,inProgress,awaitingAction,resolved,redirected"
      ),
      order: IncidentOrder(.number, descending: false),
      limit: 10_000
    )
    .incidents
    let details = try incidents.map { try world.store.details(of: $0) }
    let incidentLines = try difference(reader.incidents(), details.map(MirrorLine.incident))
    #expect(incidentLines.isEmpty, "\(incidentLines)")
    let alerts = details.flatMap(\.alerts)
    #expect(Set(alerts.map(\.id)).count == alerts.count, "an alert is in one incident")
    let alertLines = try difference(reader.alerts(), alerts.map(MirrorLine.alert).sorted())
    #expect(alertLines.isEmpty, "\(alertLines)")
    #expect(try reader.evidenceCount() == details.flatMap(\.evidence).flatMap(\.alerts).count)
    let historyLines = try difference(
      reader.history(),
      details.flatMap(MirrorLine.history).sorted()
    )
    #expect(historyLines.isEmpty, "\(historyLines)")
    for detail in details { check(detail) }
  }

  /// Lines that one has and the other has not, the first few.
  private func difference(_ shown: [String], _ kept: [String]) -> [String] {
    shown.difference(from: kept).prefix(6).map { change in
      switch change {
      case .insert(_, let line, _): "KQL alone: " + line
      case .remove(_, let line, _): "store alone: " + line
      }
    }
  }

  /// What is true of every incident.
  private func check(_ details: IncidentDetails) {
    let incident = details.incident
    #expect(incident.alertCount == details.alerts.count)
    #expect(incident.activeAlertCount == details.alerts.count { $0.status != .resolved })
    #expect(incident.status != .resolved || incident.activeAlertCount == 0)
    #expect(!incident.name.isEmpty)
    if incident.status == .redirected || details.alerts.isEmpty {
      #expect(details.alerts.isEmpty && !incident.status.isOpen)
    } else {
      #expect(incident.firstActivity == details.alerts.map(\.firstTime).min())
      let worst = details.alerts.map(\.severity).max()
      #expect(incident.hasOwnSeverity || incident.severity == worst)
    }
  }
}

/// Lines that store and KQL tell of the same thing.
private enum MirrorLine {
  static func incident(_ details: IncidentDetails) -> String {
    let incident = details.incident
    let sentinel = [
      "truePositive": "TruePositive", "falsePositive": "FalsePositive",
      "informationalExpectedActivity": "BenignPositive", "unknown": "",
    ]
    let isClosed = incident.status == .resolved || incident.status == .redirected
    return [
      "\(incident.reference.number)", incident.name, incident.severity.title,
      "\(isClosed)", incident.assignedTo ?? "",
      sentinel[incident.classification.classification] ?? "?",
      details.resolvingComment, details.tags.sorted().joined(separator: ","),
      details.alerts.map(\.id).sorted().joined(separator: ","),
      "\(details.history.count { $0.action == "comment" })", incident.updated.text,
    ].joined(separator: "|")
  }

  static func alert(_ alert: IncidentAlert) -> String {
    let status = ["new": "New", "inProgress": "InProgress", "resolved": "Resolved"]
    return [
      alert.id, alert.title, alert.severity.title, status[alert.status.rawValue] ?? "?",
      alert.category,
    ].joined(separator: "|")
  }

  static func history(_ details: IncidentDetails) -> [String] {
    details.history.map { entry in
      [
        "\(details.incident.reference.number)", entry.at.text, entry.actor, entry.action,
        entry.old, entry.new, entry.comment,
      ].joined(separator: "|")
    }
  }
}

/// Asks KQL.
private struct MirrorReader {
  private let engine: HuntingEngine

  init(store: String) throws {
    let tables = AlertTables(store: store)
    var engine = HuntingEngine()
    for name in tables.tableNames {
      engine.add(try tables.rows(of: name, tenant: "t"), named: name)
    }
    self.engine = engine
  }

  func incidents() throws -> [String] {
    try lines(
      """
      SecurityIncident | order by IncidentNumber asc
      | extend Tags = Labels
      | mv-apply tag = Labels to typeof(dynamic) on (
          summarize Names = strcat_array(array_sort_asc(make_list(tostring(tag.labelName))), ","))
      | extend Names = iff(array_length(Tags) == 0, "", Names)
      | project Line = strcat_delim("|", IncidentNumber, Title, Severity, iff(Status == "Closed",
          "true", "false"), tostring(Owner.assignedTo), Classification, ClassificationComment,
          Names, strcat_array(array_sort_asc(AlertIds), ","), array_length(Comments),
          tostring(LastModifiedTime))
      """
    )
  }

  func alerts() throws -> [String] {
    try lines(
      """
      AlertInfo | join kind=inner (SecurityAlert | project AlertId = SystemAlertId, Status) on AlertId
      | project Line = strcat_delim("|", AlertId, Title, Severity, Status, Category)
      """
    )
    .sorted()
  }

  func evidenceCount() throws -> Int {
    try Int(lines("AlertEvidence | count | project Line = tostring(Count)").first ?? "") ?? -1
  }

  func history() throws -> [String] {
    try lines(
      """
      IncidentHistory
      | project Line = strcat_delim("|", IncidentNumber, tostring(Timestamp),
          Actor, ActionType, OldValue, NewValue, Comment)
      """
    )
    .sorted()
  }

  private func lines(_ query: String) throws -> [String] {
    let budget = engine.makeBudget(memoryLimit: 1 << 30, timeoutSeconds: nil)
    let result = try engine.run(SourceText(query), budget: budget).tables[0].result
    var lines: [String] = []
    try result.forEachRow { row in lines.append(contentsOf: row.map(Cells.cell)) }
    return lines
  }
}

/// Does what products and analysts do, by chance but the same for the same seed.
struct RandomWork {
  let world: AlertWorld
  private(set) var done: [String: Int] = [:]
  private var random: SplitMix
  private var alertCount = 0

  init(world: AlertWorld, seed: UInt64) {
    self.world = world
    random = SplitMix(state: seed)
  }

  mutating func doSomething() throws {
    world.clock.advance(nanoseconds: UInt64.random(in: 1...90_000_000_000, using: &random))
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<7: try takeAlert()
    case 7..<14: try changeIncidents()
    case 14..<17: try changeAlerts()
    case 17: try merge()
    case 18: try move()
    default: try undo()
    }
  }

  private func chosen(_ limit: Int) throws -> [IncidentReference] {
    let count = try world.store.incidents(of: ["t"], limit: 1).total
    var generator = random
    return (0..<limit).map { _ in
      IncidentReference(tenant: "t", number: Int.random(in: 1...max(1, count), using: &generator))
    }
  }

  private func someAlert() -> String {
    var generator = random
    return "a\(Int.random(in: 1...max(1, alertCount), using: &generator))"
  }

  private mutating func takeAlert() throws {
    alertCount += 1
    let severities = ["informational", "low", "medium", "high"]
    let categories = ["InitialAccess", "Execution", "LateralMovement", "Exfiltration"]
    let who = Int.random(in: 0..<40, using: &random)
    try world.take(
      "a\(alertCount)",
      minute: Int.random(in: 0..<49, using: &random),
      severity: severities.randomElement(using: &random) ?? "low",
      category: categories.randomElement(using: &random) ?? "Execution",
      world.account(("userPrincipalName", "u\(who)@c.com"), ("userSid", "S-1-5-21-\(who)")),
      world.device("d\(Int.random(in: 0..<60, using: &random))")
    )
    done["alert", default: 0] += 1
  }

  private mutating func changeIncidents() throws {
    var change = IncidentChange()
    let kind = Int.random(in: 0..<8, using: &random)
    switch kind {
    case 0: change.assignment = .to(["ann", "bob"].randomElement(using: &random) ?? "ann")
    case 1: change.assignment = .nobody
    case 2: change.classification = try Classification("truePositive", "phishing")
    case 3: change.addedTags = ["tag\(Int.random(in: 0..<5, using: &random))"]
    case 4: change.removedTags = ["tag\(Int.random(in: 0..<5, using: &random))"]
    case 5:
      change.status = .resolved
      change.resolvingComment = "because"
    case 6: change.status = .active
    default:
      change.comment = "a | comment"
      change.severity = .high
      change.name = "name \(alertCount)"
    }
    _ = try world.store.apply(change, to: try chosen(3), by: world.analyst)
    done["change \(kind)", default: 0] += 1
    _ = random.next()
  }

  private mutating func changeAlerts() throws {
    var change = AlertChange()
    switch Int.random(in: 0..<4, using: &random) {
    case 0: change.status = .resolved
    case 1: change.status = .inProgress
    case 2: change.classification = try Classification("falsePositive", "other")
    default: change.comment = "why"
    }
    _ = try world.store.apply(
      change,
      toAlerts: [("t", someAlert())],
      by: world.analyst
    )
    done["alert change", default: 0] += 1
    _ = random.next()
  }

  private mutating func merge() throws {
    let pair = try chosen(2)
    if (try? world.store.merge(pair, comment: "same", by: world.analyst)) != nil {
      done["merge", default: 0] += 1
    }
    _ = random.next()
  }

  private mutating func move() throws {
    let isNew = Bool.random(using: &random)
    let target: MoveTarget = isNew ? .new(name: nil) : .incident(try chosen(1)[0])
    let place = try? world.store.move(
      alerts: [someAlert()],
      of: "t",
      to: target,
      comment: "",
      by: world.analyst
    )
    if place != nil { done["move", default: 0] += 1 }
    _ = random.next()
  }

  private mutating func undo() throws {
    let outcomes = try world.store.undoMove(alerts: [someAlert()], of: "t", by: world.analyst)
    if outcomes.allSatisfy({ $0.failure == nil }) { done["undo", default: 0] += 1 }
    _ = random.next()
  }
}

/// The same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
