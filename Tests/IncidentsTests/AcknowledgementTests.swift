import Columnar
import DetectionRules
import FileAccess
import HarrierTesting
import Testing

@testable import Incidents

/// When a person first did something about an incident, whatever it was.
struct AcknowledgementTests {
  private let world: AlertWorld

  /// An incident of two alerts, made at the time of the clock; a minute has gone by since.
  init() throws {
    world = try AlertWorld()
    try world.takeTogether(["a1", "a2"].map { ($0, [world.file("a", in: "C:")]) })
    #expect(try world.incidents.map(\.alertCount) == [2])
    #expect(try world.incidents.map(\.acknowledged) == [nil])
    world.clock.advance(nanoseconds: 60_000_000_000)
  }

  private static let minute = TimeSpan(ticks: TimeSpan.ticksPerMinute)

  private func toAcknowledge(_ number: Int = 1) throws -> TimeSpan? {
    IncidentTimes(try world.details(number).incident).toAcknowledge
  }

  private func change(_ set: (inout IncidentChange) -> Void, by actor: Actor? = nil) throws {
    var change = IncidentChange()
    set(&change)
    let reference = [IncidentReference(tenant: "t", number: 1)]
    _ = try world.store.apply(change, to: reference, by: actor ?? world.analyst)
  }

  private static let changes: [@Sendable (inout IncidentChange) -> Void] = [
    { $0.comment = "seen" }, { $0.classification = try? Classification("falsePositive", nil) },
    { $0.addedTags = ["x"] }, { $0.name = "Mine" }, { $0.severity = .high },
    { $0.description = "what it is" }, { $0.assignment = .to("ann") }, { $0.status = .inProgress },
  ]

  @Test("N30: any change by a person takes it up, the first one counts", arguments: changes.indices)
  func incident(_ place: Int) throws {
    try change(Self.changes[place])
    #expect(try toAcknowledge() == Self.minute)
    world.clock.advance(nanoseconds: 60_000_000_000)
    try change { $0.comment = "again" }
    #expect(try toAcknowledge() == Self.minute)
  }

  @Test("N30: what Harrier does by itself takes nothing up") func system() throws {
    for set in Self.changes { try change(set, by: .propagation) }
    #expect(try toAcknowledge() == nil)
  }

  @Test("N30: a change of an alert and a move take up what they touch") func alerts() throws {
    var change = AlertChange()
    change.comment = "seen"
    _ = try world.store.apply(change, toAlerts: [("t", "a1")], by: world.analyst)
    #expect(try toAcknowledge() == Self.minute)
    _ = try world.store.move(
      alerts: ["a2"],
      of: "t",
      to: .new(name: nil),
      comment: "",
      by: world.analyst
    )
    #expect(try toAcknowledge(2) == TimeSpan(ticks: 0))
  }

  @Test("N30: a merge takes its incident up") func merge() throws {
    try world.take("b1", minute: 20, world.device("d9"))
    let both = [1, 2].map { IncidentReference(tenant: "t", number: $0) }
    _ = try world.store.merge(both, comment: "", by: world.analyst)
    #expect(try toAcknowledge() == Self.minute)
  }

  @Test("M28: FirstModifiedTime is of the first change, and a comment leaves Status as it was")
  func table() throws {
    let times = "SecurityIncident | project tolong((FirstModifiedTime - CreatedTime) / 1s)"
    #expect(try world.ask(times) == ["0"])
    try change { $0.comment = "seen" }
    world.clock.advance(nanoseconds: 60_000_000_000)
    try change { $0.comment = "again" }
    #expect(try world.ask(times) == ["60"])
    #expect(try world.ask("SecurityIncident | project Status") == ["New"])
    try change { $0.assignment = .to("ann") }
    try change { $0.assignment = .nobody }
    #expect(try world.ask("SecurityIncident | project Status") == ["Active"])
  }

  private static let alertChanges: [@Sendable (inout AlertChange) -> Void] = [
    { $0.comment = "seen" }, { $0.classification = try? Classification("falsePositive", nil) },
    { $0.assignment = .to("ann") }, { $0.status = .inProgress },
  ]

  @Test("G03: what is done to an alert changes its incident", arguments: alertChanges.indices)
  func updated(_ place: Int) throws {
    var change = AlertChange()
    Self.alertChanges[place](&change)
    _ = try world.store.apply(change, toAlerts: [("t", "a1")], by: world.analyst)
    #expect(try world.details(1).incident.updated == world.store.now)
    let last = try world.ask("SecurityIncident | project LastModifiedTime")
    #expect(last == [world.store.now.text])
  }
}
