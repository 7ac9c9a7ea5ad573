import DetectionRules
import FileAccess
import HarrierTesting
import StructuredText
import Testing

@testable import Incidents

/// Incidents are open while an alert of theirs is, whatever moves or opens alerts.
struct OpenStateTests {
  private let world: AlertWorld

  /// An incident of three alerts.
  init() throws {
    world = try AlertWorld()
    try world.takeTogether(["a1", "a2", "a3"].map { ($0, [world.file("a", in: "C:")]) })
    #expect(try world.incidents.map(\.alertCount) == [3])
  }

  private func set(_ status: AlertStatus, _ ids: String...) throws {
    world.clock.advance(nanoseconds: 1_000_000_000)
    var change = AlertChange()
    change.status = status
    let done = try world.store.apply(
      change,
      toAlerts: ids.map { ("t", $0) },
      by: world.analyst
    )
    #expect(done.allSatisfy { $0.failure == nil })
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

  private func statuses() throws -> [IncidentStatus] { try world.incidents.map(\.status) }

  @Test("a new incident of resolved alerts is resolved") func new() throws {
    try set(.resolved, "a1")
    #expect(try move("a1") == 2)
    #expect(try statuses() == [.active, .resolved])
    #expect(try world.details(2).incident.resolved != nil)
  }

  @Test("an incident that loses its last open alert is resolved, and open again by the undoing")
  func last() throws {
    try set(.resolved, "a1")
    var change = IncidentChange()
    change.status = .inProgress
    let first = [IncidentReference(tenant: "t", number: 1)]
    _ = try world.store.apply(change, to: first, by: world.analyst)
    _ = try move("a2")
    #expect(try statuses() == [.inProgress, .active])
    _ = try move("a3", to: .incident(IncidentReference(tenant: "t", number: 2)))
    #expect(try statuses() == [.resolved, .active])
    #expect(try world.details(1).history.last?.actor == Actor.propagation.name)
    #expect(try undo("a3") == nil)
    #expect(try statuses() == [.inProgress, .active])
    #expect(try undo("a2") == nil)
    #expect(try statuses() == [.inProgress, .resolved])
  }

  @Test("one that people resolved takes no alert back") func resolved() throws {
    _ = try move("a1")
    try set(.resolved, "a2", "a3")
    #expect(try statuses() == [.resolved, .active])
    #expect(try undo("a1")?.contains("is resolved") == true)
  }

  @Test("an alert that is opened again opens its incident") func reopened() throws {
    try set(.resolved, "a1", "a2", "a3")
    #expect(try statuses() == [.resolved])
    try set(.inProgress, "a2")
    #expect(try statuses() == [.inProgress])
    let incident = try world.details(1).incident
    #expect(incident.resolved == nil && incident.activeAlertCount == 1)
    #expect(try world.details(1).history.last?.comment.contains("'a2' is open again") == true)
    try set(.resolved, "a2")
    #expect(try statuses() == [.resolved])
  }

  @Test("one that somebody opened over resolved alerts stays open when such an alert leaves it")
  func openedByHand() throws {
    try set(.resolved, "a1", "a2", "a3")
    var change = IncidentChange()
    change.status = .active
    let first = [IncidentReference(tenant: "t", number: 1)]
    _ = try world.store.apply(change, to: first, by: world.analyst)
    _ = try move("a1")
    #expect(try statuses() == [.active, .resolved])
  }

  @Test("an incident that is merged in the step that made it keeps its name and severity")
  func merged() throws {
    let world = try AlertWorld()
    try world.takeTogether([
      ("b1", [world.file("b", in: "C:"), world.account(("userPrincipalName", "bob@c.com"))]),
      ("b2", [world.file("c", in: "C:")]),
      ("b3", [world.file("b", in: "C:"), world.file("c", in: "C:")]),
    ])
    #expect(try world.incidents.map(\.alertCount) == [3])
    let merged = try world.store.incident(IncidentReference(tenant: "t", number: 1))
    #expect(merged.status == .redirected)
    #expect(merged.name == "Title of b1 involving one user" && merged.severity == .medium)
  }
}
