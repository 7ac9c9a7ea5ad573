import FileAccess
import Incidents
import OperationalStore
import Synchronization
import Testing

@testable import Response

private typealias Fixture = InvestigationFixture

/// Ends the process, so to speak, at one of the commits: before it or after it.
private final class FallingWitness: CommitWitness {
  struct Fall: Error {}

  private let left: Atomic<Int>
  private let isAfter: Bool

  init(at commit: Int, isAfter: Bool) {
    left = Atomic(commit)
    self.isAfter = isAfter
  }

  func willCommit() throws {
    let number = left.wrappingSubtract(1, ordering: .relaxed).newValue
    if !isAfter, number < 0 { throw Fall() }
  }

  func didCommit() throws {
    if isAfter, left.load(ordering: .relaxed) < 0 { throw Fall() }
  }
}

/// Investigations that a crash interrupts.
struct InvestigationCrashTests {
  @Test(
    "after a crash at any commit the rest is done, each step and action once",
    arguments: [false, true]
  ) func crashes(_ isAfter: Bool) throws {
    var isDone = false
    for commit in 0..<40 where !isDone {
      let world = try InvestigationFixture()
      try world.ingest(
        "EmailEvents",
        [world.mail("m1", threat: "Malware"), world.mail("m2", to: "bob@contoso.com")]
      )
      try world.alert("fa1", Fixture.reported, Fixture.mailEvidence("m1"))
      let falling = try #require(
        try IncidentStore.open(
          store: world.path,
          access: .readWrite,
          clock: world.clock,
          witness: FallingWitness(at: commit, isAfter: isAfter)
        )
      )
      isDone = (try? world.runner(over: falling).run()) != nil
      try world.run()
      let details = try world.details()
      #expect(details.steps.map(\.name) == Playbook.phishingMail.steps.map(\.name))
      #expect(details.actions.map(\.status) == [.pending, .pending])
      #expect(try world.all().map(\.status) == [.pendingAction])
    }
    #expect(isDone)
  }
}
