import Columnar
import DetectionRules
import FileAccess
import HarrierTesting
import Testing

@testable import Incidents

/// What an incident has of one that was merged into it, and what correlation merges.
struct MergeTests {
  private let world: AlertWorld

  /// Two incidents, the first of two alerts.
  init() throws {
    world = try AlertWorld()
    try world.take("a1", minute: 0, world.file("a", in: "C:"))
    try world.take("a2", minute: 1, world.file("a", in: "C:"))
    try world.take("b1", minute: 2, world.file("b", in: "C:"))
    #expect(try world.incidents.map(\.alertCount) == [2, 1])
  }

  private func reference(_ number: Int) -> IncidentReference {
    IncidentReference(tenant: "t", number: number)
  }

  private func change(_ number: Int, _ set: (inout IncidentChange) throws -> Void) throws {
    world.clock.advance(nanoseconds: 60_000_000_000)
    var change = IncidentChange()
    try set(&change)
    _ = try world.store.apply(change, to: [reference(number)], by: world.analyst)
  }

  @Test("M15: what is inherited at a merge is told, and when the other was taken up stays")
  func inherited() throws {
    try change(2) {
      $0.assignment = .to("ann")
      $0.classification = try Classification("truePositive", "phishing")
    }
    let takenUp = try world.details(2).incident.acknowledged
    world.clock.advance(nanoseconds: 3_600_000_000_000)
    _ = try world.store.merge([1, 2].map(reference), comment: "", by: world.analyst)
    let details = try world.details(1)
    #expect(details.incident.assignedTo == "ann" && details.incident.acknowledged == takenUp)
    #expect(details.incident.classification.description == "truePositive/phishing")
    #expect(details.alerts.map(\.assignedTo) == ["ann", "ann", "ann"])
    let told = details.history.filter { $0.comment == "t/2 was merged into it" }
    #expect(told.map(\.action) == ["assigned", "classified"])
    #expect(told.map(\.new) == ["ann", "truePositive/phishing"])
    let assigned = details.history.filter { $0.action == "alert assigned" }
    #expect(assigned.map(\.alert) == ["a1", "a2"] && assigned.allSatisfy { $0.new == "ann" })
  }

  private func move(_ id: String) throws -> Int {
    try world.store.move(
      alerts: [id],
      of: "t",
      to: .new(name: nil),
      comment: "",
      by: world.analyst
    )
    .number
  }

  @Test("M16: correlation never merges what somebody took apart; a person may") func split() throws
  {
    #expect(try move("a2") == 3)
    // One of them is merged with another, so that the split is of what was merged into it.
    _ = try world.store.merge([1, 2].map(reference), comment: "", by: world.analyst)
    try world.take("a3", minute: 3, world.file("a", in: "C:"))
    #expect(try world.incidents.filter(\.status.isOpen).count == 2)
    #expect(try world.details(3).alerts.contains { $0.id == "a2" })
    #expect(try !world.details(3).alerts.contains { $0.id == "a1" })
    _ = try world.store.merge([1, 3].map(reference), comment: "", by: world.analyst)
    #expect(try world.incidents.filter(\.status.isOpen).map(\.alertCount) == [4])
  }

  @Test("M16: what a merge took up is not moved back, and that is why") func undo() throws {
    #expect(try move("a2") == 3)
    _ = try world.store.merge([1, 3].map(reference), comment: "", by: world.analyst)
    let done = try world.store.undoMove(alerts: ["a2", "a1"], of: "t", by: world.analyst)
    #expect(
      done.map { $0.failure?.description } == [
        "the alert 'a2' was moved to t/3, which was merged into t/1 since; move it with "
          + "'harrier incidents move'",
        "the alert 'a1' was not moved",
      ]
    )
  }
}
