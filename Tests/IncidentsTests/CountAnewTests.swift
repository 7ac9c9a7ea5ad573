import FileAccess
import GRDB
import OperationalStore
import Testing

@testable import Incidents

/// Incidents that an earlier release counted otherwise.
struct CountAnewTests {
  private let world: AlertWorld

  init() throws {
    world = try AlertWorld()
    try world.take("a1", minute: 0, world.device("d1"))
    try world.take("a2", minute: 1, world.device("d2"))
    try world.store.write { writer in
      try writer.run("UPDATE incidents SET device_count = 7, user_count = 7", [])
      try writer.run("INSERT INTO incidents_to_count SELECT id FROM incidents", [])
    }
  }

  private func found(_ filter: String) throws -> [Int] {
    try world.store.incidents(
      of: ["t"],
      filter: try IncidentFilter(reading: filter),
      order: IncidentOrder(.number, descending: false)
    )
    .incidents.map(\.reference.number)
  }

  @Test("are counted anew, the last first, and are not updated by it") func counted() throws {
    let before = try world.incidents.map(\.updated)
    world.clock.advance(nanoseconds: 60_000_000_000)
    #expect(try found("devices=7") == [1, 2])
    #expect(try world.store.countWaiting(of: ["u"]) == 0)
    #expect(try world.store.countWaiting(most: 1) == 1)
    #expect(try found("devices=7") == [1])
    #expect(try world.store.countWaiting(of: ["t"]) == 1)
    #expect(try found("devices=1 users=0") == [1, 2])
    #expect(try world.incidents.map(\.updated) == before)
    #expect(try world.store.countWaiting() == 0)
  }
}
