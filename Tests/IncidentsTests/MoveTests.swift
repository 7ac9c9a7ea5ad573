import Columnar
import DetectionRules
import FileAccess
import HarrierTesting
import Testing

@testable import Incidents

/// What alerts and incidents have after alerts were moved, and after that was undone.
struct MoveTests {
  private let world: AlertWorld

  /// An incident of two alerts, one of them high.
  init() throws {
    world = try AlertWorld()
    let file = world.file("a", in: "C:")
    try world.take("a1", minute: 0, severity: "high", category: "Execution", file)
    try world.take("a2", minute: 1, severity: "low", category: "Impact", file)
    #expect(try world.incidents.map(\.alertCount) == [2])
  }

  private func move(_ ids: String..., to target: MoveTarget = .new(name: nil)) throws -> Int {
    world.clock.advance(nanoseconds: 1_000_000_000)
    return try world.store.move(alerts: ids, of: "t", to: target, comment: "", by: world.analyst)
      .number
  }

  private func undo(_ id: String) throws -> String? {
    world.clock.advance(nanoseconds: 1_000_000_000)
    let done = try world.store.undoMove(alerts: [id], of: "t", by: world.analyst)
    return done[0].failure?.description
  }

  private func assign(_ number: Int, to name: String) throws {
    var change = IncidentChange()
    change.assignment = .to(name)
    let reference = [IncidentReference(tenant: "t", number: number)]
    _ = try world.store.apply(change, to: reference, by: world.analyst)
  }

  private func owner(of id: String) throws -> String? {
    try #require(try world.store.alert(id, of: "t")).alert.assignedTo
  }

  @Test("G11: an alert that nobody has gets the owner of the incident that it is moved to")
  func owner() throws {
    #expect(try move("a1") == 2)
    try assign(2, to: "ann")
    _ = try move("a2", to: .incident(IncidentReference(tenant: "t", number: 2)))
    #expect(try owner(of: "a2") == "ann")
    let last = try #require(try world.details(2).history.last { $0.action == "alert assigned" })
    #expect(last.alert == "a2" && last.new == "ann" && last.isSystem)
    #expect(try undo("a2") == nil)
    #expect(try owner(of: "a2") == nil, "it had nobody")
    #expect(try owner(of: "a1") == "ann")
    _ = try move("a1", to: .incident(IncidentReference(tenant: "t", number: 1)))
    #expect(try owner(of: "a1") == "ann", "it keeps whom it has")
  }

  private func set(_ status: AlertStatus, _ ids: String...) throws {
    var change = AlertChange()
    change.status = status
    _ = try world.store.apply(change, toAlerts: ids.map { ("t", $0) }, by: world.analyst)
  }

  private func statuses() throws -> [IncidentStatus] { try world.incidents.map(\.status) }

  @Test("M16: one that somebody kept open over resolved alerts is open again by the undoing")
  func reopened() throws {
    try set(.resolved, "a1", "a2")
    var change = IncidentChange()
    change.status = .inProgress
    let first = [IncidentReference(tenant: "t", number: 1)]
    _ = try world.store.apply(change, to: first, by: world.analyst)
    #expect(try move("a1", "a2") == 2)
    #expect(try statuses() == [.resolved, .resolved])
    #expect(try undo("a1") == nil)
    #expect(try statuses() == [.inProgress, .resolved])
  }

  @Test("M16: one that was open for an alert that stays away is not") func stays() throws {
    try set(.resolved, "a1")
    #expect(try move("a1", "a2") == 2)
    #expect(try undo("a1") == nil)
    #expect(try statuses() == [.resolved, .active])
    try set(.resolved, "a2")
    #expect(try undo("a2") == nil)
    #expect(try statuses() == [.resolved, .resolved])
  }

  @Test("G03: an incident without alerts has no more of what these added") func emptied() throws {
    let full = try world.details(1).incident
    #expect(full.severity == .high)
    #expect(try move("a1", "a2") == 2)
    let empty = try world.details(1)
    #expect(empty.incident.severity == .informational)
    #expect(empty.incident.priority == empty.priority.score)
    #expect(empty.priority.factors.map(\.name) == ["severity"])
    #expect(try world.details(2).incident.priority == full.priority)
    #expect(try undo("a1") == nil && undo("a2") == nil)
    let again = try world.details(1).incident
    #expect(again.priority == full.priority && again.severity == .high)
    #expect(try world.details(2).incident.priority < full.priority)
  }

  @Test("G03: a severity that somebody set stays, and is what is left of the priority")
  func ownSeverity() throws {
    var change = IncidentChange()
    change.severity = .medium
    let first = [IncidentReference(tenant: "t", number: 1)]
    _ = try world.store.apply(change, to: first, by: world.analyst)
    _ = try move("a1", "a2")
    let empty = try world.details(1)
    #expect(empty.incident.severity == .medium)
    #expect(empty.incident.priority == empty.priority.score && empty.incident.priority == 45)
  }

  @Test("G03: a move that changes a severity tells so in the history") func severity() throws {
    func severities(_ number: Int) throws -> [String] {
      try world.details(number).history.filter { $0.action == "severity" }
        .map { "\($0.old) → \($0.new)" }
    }
    #expect(try severities(1).isEmpty)
    #expect(try move("a1") == 2)
    #expect(try severities(1) == ["high → low"])
    #expect(try severities(2).isEmpty, "it was made with it")
    _ = try move("a2", to: .incident(IncidentReference(tenant: "t", number: 2)))
    #expect(try severities(1) == ["high → low", "low → informational"])
    #expect(try undo("a2") == nil)
    #expect(try severities(1).last == "informational → low")
  }
}
