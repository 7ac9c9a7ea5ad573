import Alerts
import Columnar
import FileAccess
import GRDB
import HarrierTesting
import Incidents
import OperationalStore
import StructuredText
import Synchronization
import Testing

@testable import Response

/// A store with alerts and actions, and an environment, in a folder of its own.
struct ActionWorld {
  static let mail = [
    ("networkMessageId", "m1"), ("recipientEmailAddress", "Amy@contoso.com"),
  ]

  let folder: TemporaryFolder
  let clock = SimulatedClock(wallTicks: 639_036_432_000_000_000)
  let analyst = Actor(principal: "ann")
  let crash = CrashingWitness()
  var limits = RemediationLimits.product

  init() throws { folder = try TemporaryFolder() }

  func incidents() throws -> IncidentStore {
    try #require(
      try IncidentStore.open(store: folder.path, access: .readWrite, clock: clock, witness: crash)
    )
  }

  func store() throws -> ActionStore { ActionStore(try incidents(), limits: limits) }

  func environment() throws -> EnvironmentStore {
    try #require(
      try EnvironmentStore.open(
        store: folder.path,
        access: .readWrite,
        clock: clock,
        witness: crash
      )
    )
  }

  /// Loads lines of a file of the environment into a tenant.
  func load(_ lines: String..., of tenant: String = "t") throws {
    let items = try lines.map {
      try EnvironmentItem(TextDocument(Array($0.utf8), format: .json).root, now: 1)
    }
    try environment().load(items, of: tenant)
  }

  func loadMail(at location: MailLocation) throws {
    try load(
      """
      {"kind":"mail","networkMessageId":"m1","recipientEmailAddress":"amy@contoso.com",
      "location":"\(location.rawValue)"}
      """
    )
  }

  func location() throws -> MailLocation? { try environment().mails(of: "t").first?.location }

  func request(
    _ kind: ActionKind,
    _ known: [(String, String)] = mail,
    of tenant: String = "t",
    proposed: Bool = false
  ) throws -> ActionRequest {
    var request = ActionRequest(
      kind,
      on: try ActionTarget(kind, known),
      of: tenant,
      source: .manual(kind)
    )
    request.needsApproval = proposed
    return request
  }

  @discardableResult
  func ask(
    _ kind: ActionKind,
    _ known: [(String, String)] = mail,
    of tenant: String = "t",
    proposed: Bool = false
  ) throws -> ResponseReference {
    let request = try request(kind, known, of: tenant, proposed: proposed)
    return try #require(try store().propose([request], by: analyst).first).action.reference
  }

  @discardableResult
  func run(
    _ connector: (any ResponseConnector)? = nil,
    tenants: [String] = ["t"]
  ) throws -> ActionRunner.Outcome {
    try ActionRunner(
      store(),
      at: folder.path,
      environment: try connector ?? SimulatedConnector(environment(), learningFrom: nil)
    )
    .run(tenants)
  }

  /// Runs with a crash at some commit, then as often as it needs; whether it crashed.
  func runThroughCrash(
    at moment: Int,
    _ connector: (any ResponseConnector)? = nil
  ) throws -> Bool {
    let simulated = try SimulatedConnector(environment(), learningFrom: nil)
    let runner = ActionRunner(try store(), at: folder.path, environment: connector ?? simulated)
    crash.arm(moment)
    var hasCrashed = false
    do {
      _ = try runner.run(["t"])
    } catch is StoreFailure {
      hasCrashed = true
    }
    crash.arm(nil)
    try run(connector)
    return hasCrashed
  }

  func action(_ reference: ResponseReference) throws -> ActionRecord {
    try store().action(reference).action
  }

  func statuses(_ reference: ResponseReference) throws -> [String] {
    try store().action(reference).history.map(\.status)
  }

  /// Takes an alert with evidence in, and puts it into an incident.
  func takeAlert(_ id: String, _ evidence: String..., tenant: String = "t") throws {
    let text = """
      {"id":"\(id)","title":"A","severity":"medium","status":"new","category":"Execution",
      "serviceSource":"microsoftDefenderForEndpoint","detectionSource":"antivirus",
      "createdDateTime":"2026-01-10T00:00:00Z","evidence":[\(evidence.joined(separator: ","))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    let incidents = try incidents()
    _ = try AlertIntake(incidents).take([node]) { _ in tenant }
    _ = try IncidentPipeline(incidents).run()
  }
}

/// Lets a crash fall at a commit, before it or after it.
final class CrashingWitness: CommitWitness {
  struct Crash: Error {}

  private let left = Atomic<Int>(.max)

  /// - Parameter moment: counts both sides of each commit; nil for no crash.
  func arm(_ moment: Int?) { left.store(moment ?? .max, ordering: .relaxed) }

  func willCommit() throws { try pass() }
  func didCommit() throws { try pass() }

  private func pass() throws {
    let now = left.wrappingSubtract(1, ordering: .relaxed).oldValue
    // What crashed does nothing more until it is started again.
    if now <= 0 { throw Crash() }
  }
}

/// A connector that counts what it is asked to do, and cannot tell later.
final class CountingConnector: ResponseConnector {
  let name = "counting"
  private let orders = Mutex<[String]>([])
  private let outcome: ActionOutcome

  init(_ outcome: ActionOutcome = ActionOutcome(.completed, "")) { self.outcome = outcome }

  var executed: [String] { orders.withLock { $0 } }

  func execute(_ order: ActionOrder) -> ActionOutcome {
    orders.withLock { $0.append(order.reference.description) }
    return outcome
  }

  func earlierOutcome(of order: ActionOrder) -> EarlierOutcome { .unknown("ask the device") }
}
