import GRDB
import HarrierTesting
import Testing

@testable import Incidents

/// How much evidence an incident takes with further alerts.
struct EvidenceRoomTests {
  private let world: AlertWorld
  private let shared: String

  init() throws {
    world = try AlertWorld()
    shared = world.file("a", in: "C:\\Users\\amy\\Downloads")
    try world.take("a1", minute: 0, shared)
  }

  private func groups() throws -> [[String]] {
    try world.incidents.map { incident in
      try world.details(incident.reference.number).alerts.map(\.id).sorted()
    }
  }

  @Test("an alert whose evidence an incident has already joins a full one, another does not")
  func full() throws {
    try world.fillEvidence(to: IncidentStore.mostEntities)
    try world.take("a2", minute: 1, shared)
    #expect(try groups() == [["a1", "a2"]])
    try world.take("a3", minute: 2, shared, world.device("d9"))
    #expect(try groups() == [["a1", "a2"], ["a3"]])
  }

  @Test("within a transaction the room grows less with each alert") func step() throws {
    try world.fillEvidence(to: IncidentStore.mostEntities - 2)
    let (first, second) = (world.device("d1"), world.device("d2"))
    try world.takeTogether([
      ("a2", [shared, first]), ("a3", [shared, first]), ("a4", [shared, second]),
      ("a5", [shared, world.device("d3")]), ("a6", [shared, second]),
    ])
    #expect(try groups() == [["a1", "a2", "a3", "a4", "a6"], ["a5"]])
  }

  @Test("room is counted once where there is enough, exactly where there may be none")
  func bounds() throws {
    try world.fillEvidence(to: IncidentStore.mostEntities - 3)
    try world.store.write { writer in
      let key: String = try #require(try writer.rows("SELECT id FROM alerts", []).first?["id"])
      let incident: Int64 = try #require(
        try writer.rows("SELECT id FROM incidents", []).first?["id"]
      )
      var room = EvidenceRoom(writer)
      #expect(try room.take(key, 2, into: incident))
      // The alert's own things are there already.
      #expect(try room.take(key, 2, into: incident))
      #expect(try room.take(key, 5_000, into: incident))
      room.forget(incident)
      #expect(try room.take(key, 3, into: incident))
    }
  }
}

extension AlertWorld {
  /// Lets the first alert tell of so many different things in all.
  func fillEvidence(to count: Int) throws {
    try store.write { writer in
      let known = try writer.rows("SELECT count(*) AS count FROM alert_entities", [])
      let missing = count - (known.first?["count"] ?? 0)
      try writer.run(
        """
        INSERT INTO alert_entities (alert, position, kind, is_impacted, is_strong, identifiers)
        WITH RECURSIVE numbers(number) AS
          (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ?)
        SELECT (SELECT id FROM alerts LIMIT 1), 1000 + number, 'Url', 0, 0,
          '{"Url":"http://x.example/' || number || '"}' FROM numbers
        """,
        [missing]
      )
    }
  }
}
