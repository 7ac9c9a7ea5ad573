import Columnar
import GRDB
public import OperationalStore

/// Puts the alerts of the outbox into incidents, in their order.
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
  }

  private let store: IncidentStore
  /// The most alerts of a transaction.
  private let step: Int

  public init(_ store: IncidentStore, step: Int = 1_000) {
    self.store = store
    self.step = step
  }

  /// Takes all alerts that wait.
  public func run() throws(StoreFailure) -> Outcome {
    var sum = Outcome()
    while let outcome = try advance() {
      sum.alerts += outcome.alerts
      sum.newIncidents += outcome.newIncidents
      sum.merged += outcome.merged
    }
    return sum
  }

  /// Takes the next alerts; nil where none waits.
  private func advance() throws(StoreFailure) -> Outcome? {
    try store.write { writer in
      let waiting = try writer.rows("SELECT * FROM outbox ORDER BY id LIMIT ?", [step])
      guard let last = waiting.last else { return nil }
      var correlation = AlertCorrelation(writer)
      for row in waiting {
        try correlation.take(alert: row["alert"], isNew: row["kind"] == "alertCreated")
      }
      let outcome = try correlation.finish()
      try writer.run("DELETE FROM outbox WHERE id <= ?", [last["id"] as Int64])
      return outcome
    }
  }
}
