import FileAccess
import GRDB
import HarrierTesting
import OperationalStore
import StructuredText
import Synchronization
import Testing

@testable import Incidents

/// What a transaction remembers of others' keys and names changes nothing.
struct StepTests {
  private let random = SeededRandomness(seed: 14)

  private func number(below bound: Int) -> Int { Int(random.nextUInt64() % UInt64(bound)) }

  /// An alert of any time of two weeks, about few things that many alerts share.
  private func alert(_ id: Int) -> String {
    let minutes = number(below: 20_160)
    let (day, hour, minute) = (10 + minutes / 1_440, minutes / 60 % 24, minutes % 60)
    let time =
      "2026-01-\(day)T\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute):00Z"
    let device = number(below: 40)
    let names = [
      #""mdeDeviceId":"d\#(device)""#, #""deviceDnsName":"h\#(device).c.example""#,
      #""mdeDeviceId":"d\#(device)","deviceDnsName":"h\#(device).c.example""#,
    ]
    let kind = "#microsoft.graph.security."
    let hash = String(repeating: number(below: 10) < 7 ? "a" : "\(number(below: 10))", count: 40)
    return """
      {"id":"\(id)","title":"Title \(number(below: 5))","severity":"medium","status":"new",
      "serviceSource":"microsoftDefenderForEndpoint","category":"Execution",
      "createdDateTime":"\(time)","evidence":[
      {"@odata.type":"\(kind)deviceEvidence",\(names[number(below: 3)])},
      {"@odata.type":"\(kind)userEvidence","userAccount":
      {"userPrincipalName":"u\(number(below: 12))@c.example"}},
      {"@odata.type":"\(kind)fileEvidence","fileDetails":{"fileName":"x.exe","sha1":"\(hash)"}}]}
      """
  }

  @Test(
    "what the database does not take of one tenant holds up nobody else",
    arguments: [1, 1_000]
  )
  func heldUp(_ step: Int) throws {
    let nodes = try (0..<40).map { id in
      try TextDocument(Array(alert(id).utf8), format: .json).root
    }
    let folder = try TemporaryFolder()
    let store = try #require(try IncidentStore.open(store: folder.path, access: .readWrite))
    for tenant in ["a", "evil", "z"] { _ = try AlertIntake(store).take(nodes) { _ in tenant } }
    try store.database.write {
      try $0.execute(
        sql: """
          CREATE TRIGGER refusal BEFORE UPDATE ON alerts WHEN NEW.tenant = 'evil'
            AND NEW.incident IS NOT NULL BEGIN SELECT RAISE(ABORT, 'not this one'); END
          """
      )
    }
    let outcome = try IncidentPipeline(store, step: step).run()
    #expect(outcome.tenants.isSuperset(of: ["a", "z"]))
    #expect(outcome.alerts == 80)
    #expect(Array(outcome.heldUp.keys) == ["evil"])
    #expect(outcome.heldUp["evil"]?.description.contains("not this one") == true)
    try store.database.write { try $0.execute(sql: "DROP TRIGGER refusal") }
    let after = try IncidentPipeline(store, step: step).run()
    #expect(after.alerts == 40 && after.tenants == ["evil"] && after.heldUp.isEmpty)
  }

  @Test("alerts in any order and any division into steps make the same incidents and links")
  func steps() throws {
    let nodes = try (0..<300).map { id in
      try TextDocument(Array(alert(id).utf8), format: .json).root
    }
    var results: [[[String]]] = []
    for step in [1, 17, 1_000] {
      let folder = try TemporaryFolder()
      let store = try #require(try IncidentStore.open(store: folder.path, access: .readWrite))
      _ = try AlertIntake(store).take(nodes) { _ in "t" }
      let outcome = try IncidentPipeline(store, step: step).run()
      #expect(outcome.alerts == nodes.count)
      let page = try store.incidents(
        of: ["t"],
        filter: try IncidentFilter(reading: "status=active,redirected"),
        order: IncidentOrder(.number, descending: false),
        limit: 1_000
      )
      results.append(
        try page.incidents.map { incident in
          let details = try store.details(of: incident)
          return details.alerts.map { alert in
            let links = (details.links[alert.id] ?? []).map {
              "\($0.reason) \($0.shared) \($0.other)"
            }
            return ([alert.id] + links).joined(separator: "|")
          }
        }
      )
    }
    #expect(results[0].count > 1 && results[0].contains { $0.count > 3 })
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  @Test(
    "alerts that somebody else takes between two steps are taken once",
    arguments: [2, 3, 8],
    [true, false]
  )
  func takenBetween(_ commit: Int, isSameStore: Bool) throws {
    let folder = try TemporaryFolder()
    let witness = TakingWitness(folder: folder.path, commit: commit)
    let store = try #require(
      try IncidentStore.open(store: folder.path, access: .readWrite, witness: witness)
    )
    let nodes = try (0..<9).map { id in
      try TextDocument(Array(alert(id).utf8), format: .json).root
    }
    _ = try AlertIntake(store).take(nodes) { _ in "t" }
    witness.begin(in: isSameStore ? store : nil)
    let outcome = try IncidentPipeline(store, step: 1).run()
    #expect(witness.taken > 0 && outcome.alerts + witness.taken == nodes.count)
    let incidents = try store.incidents(of: ["t"], filter: .all).incidents
    #expect(incidents.map(\.alertCount).reduce(0, +) == nodes.count)
  }

  @Test("an alert of which two steps tell is put into one incident once", arguments: [1, 2, 50])
  func toldTwice(_ mostKnown: Int) throws {
    let folder = try TemporaryFolder()
    let store = try #require(try IncidentStore.open(store: folder.path, access: .readWrite))
    let nodes = try (0..<12).map { id in
      try TextDocument(Array(alert(id).utf8), format: .json).root
    }
    _ = try AlertIntake(store).take(nodes) { _ in "t" }
    try store.database.write { database in
      try database.execute(
        sql: """
          CREATE TEMP TABLE told AS SELECT * FROM outbox;
          DELETE FROM outbox;
          INSERT INTO outbox (tenant, kind, alert, noted)
            SELECT tenant, kind, alert, noted FROM told JOIN (SELECT 0 UNION ALL SELECT 1)
            ORDER BY id;
          """
      )
    }
    let pipeline = IncidentPipeline(store, step: 1, mostKnown: mostKnown)
    #expect(try pipeline.run().alerts == 2 * nodes.count)
    let incidents = try store.incidents(of: ["t"], filter: .all).incidents
    #expect(incidents.map(\.alertCount).reduce(0, +) == nodes.count)
    let added = try store.database.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM history WHERE action = 'alert added'")
    }
    #expect(added == nodes.count)
  }
}

/// Somebody else, who puts all alerts that wait into incidents behind one of the commits.
private final class TakingWitness: CommitWitness {
  private let folder: String
  private let commit: Int
  private let state = Mutex(State())

  private struct State {
    /// How many commits there were; nil before they are counted.
    var commits: Int?
    var taken = 0
    /// The store in which alerts are taken; nil for another one of the same folder.
    var store: IncidentStore?
  }

  init(folder: String, commit: Int) {
    self.folder = folder
    self.commit = commit
  }

  /// Counts commits from now on.
  func begin(in store: IncidentStore?) { state.withLock { $0 = State(commits: 0, store: store) } }

  /// How many alerts were taken here.
  var taken: Int { state.withLock(\.taken) }

  func willCommit() {}

  func didCommit() throws {
    let now = state.withLock { state in
      state.commits = state.commits.map { $0 + 1 }
      return state.commits
    }
    if now != commit { return }
    let other =
      try state.withLock(\.store)
      ?? #require(try IncidentStore.open(store: folder, access: .readWrite))
    let outcome = try IncidentPipeline(other).run()
    state.withLock { $0.taken = outcome.alerts }
  }
}
