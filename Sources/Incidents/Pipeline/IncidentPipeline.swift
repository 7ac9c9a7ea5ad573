import Alerts
import Columnar
import GRDB
public import OperationalStore

/// Puts the alerts of the outbox into incidents, those of each tenant in their order.
///
/// A step takes some alerts and their rows out of the outbox in one transaction, so that each is
/// taken once, whatever ends the process. The same alerts in the same order make the same
/// incidents.
public struct IncidentPipeline: Sendable {
  /// What a run did.
  public struct Outcome: Sendable, Equatable {
    public var alerts = 0
    public var newIncidents = 0
    public var merged = 0
    /// Whose alerts they were.
    public var tenants: Set<String> = []
    /// Tenants whose alerts still wait, and why.
    public var heldUp: [String: StoreFailure] = [:]

    fileprivate mutating func add(_ other: Outcome) {
      alerts += other.alerts
      newIncidents += other.newIncidents
      merged += other.merged
      tenants.formUnion(other.tenants)
    }
  }

  private let store: IncidentStore
  /// The most alerts of a transaction.
  private let step: Int
  /// From how many alerts on a run forgets what it knows.
  private let mostKnown: Int

  public init(_ store: IncidentStore, step: Int = 1_000, mostKnown: Int = 20_000) {
    self.store = store
    self.step = step
    self.mostKnown = mostKnown
  }

  /// Takes all alerts that wait, of all tenants or of some.
  ///
  /// What the database does not take of one tenant holds up that tenant only, and is told.
  public func run(tenants: Set<String>? = nil) throws(StoreFailure) -> Outcome {
    var sum = Outcome()
    do throws(StoreFailure) {
      try takeAll(tenants, into: &sum)
    } catch {
      guard error.isOfRows else { throw error }
      for tenant in try waitingTenants(tenants) {
        do throws(StoreFailure) {
          try takeAll([tenant], into: &sum)
        } catch {
          guard error.isOfRows else { throw error }
          sum.heldUp[tenant] = error
        }
      }
    }
    return sum
  }

  private func takeAll(_ tenants: Set<String>?, into sum: inout Outcome) throws(StoreFailure) {
    var run = PipelineRun(store, tenants, step: step, mostKnown: mostKnown)
    // A step or two are what comes while rules run, and leave a short log.
    for _ in 0..<2 {
      guard let outcome = try run.advance(readsAhead: false) else { return }
      sum.add(outcome)
    }
    var rest = Outcome()
    defer { sum.add(rest) }
    try store.database.writeMany { () throws(StoreFailure) in
      while let outcome = try run.advance(readsAhead: true) { rest.add(outcome) }
    }
  }

  /// The tenants whose alerts wait, of all or of some, in the order of their first.
  private func waitingTenants(_ tenants: Set<String>?) throws(StoreFailure) -> [String] {
    let names = tenants.map { StoredJSON.list($0.sorted()) }
    return try store.database.read { database in
      try IncidentReader(database: database).rows(
        "SELECT tenant FROM outbox WHERE \(Outbox.isOurs) GROUP BY tenant ORDER BY min(id)",
        [names]
      ) { $0[0] as String }
    }
  }
}
