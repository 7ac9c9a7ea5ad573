import Alerts
import Columnar
import GRDB
import OperationalStore

/// Transactions that put alerts into incidents, one behind the other.
///
/// Each goes on with what the one before it knows, and with alerts that were read beside it, as
/// long as nobody else changed the database since.
struct PipelineRun {
  /// What a transaction leaves to the next one.
  private struct Memory {
    let version: Version
    let correlation: AlertCorrelation.Memory
  }

  /// What a database is after a transaction.
  private struct Version: Equatable {
    /// The database's own number for what others than this store made of it.
    let others: Int64
    /// How many transactions of this store there were.
    let own: Int
  }

  private let store: IncidentStore
  /// Whose alerts, a list in JSON; nil for all tenants.
  private let tenants: String?
  /// The most alerts of a transaction.
  private let step: Int
  private let ahead: WaitingAhead
  private var memory: Memory?
  /// From how many alerts on what is known begins anew, since it grows with each.
  private let mostKnown: Int

  init(_ store: IncidentStore, _ tenants: Set<String>?, step: Int, mostKnown: Int) {
    self.store = store
    self.mostKnown = mostKnown
    self.tenants = tenants.map { StoredJSON.list($0.sorted()) }
    self.step = step
    ahead = WaitingAhead(store.database, of: self.tenants, most: step)
  }

  /// Takes the next alerts; nil where none waits.
  ///
  /// - Parameter readsAhead: whether others probably wait behind them.
  mutating func advance(
    readsAhead: Bool
  ) throws(StoreFailure) -> IncidentPipeline.Outcome? {
    let read = ahead.end()
    // What fails is undone, and what was known of it is wrong.
    var known = memory.take()
    let outcome = try store.write { writer -> IncidentPipeline.Outcome? in
      let (others, own) = (try writer.dataVersion(), store.database.writeCount)
      let isSmall = known.map { $0.correlation.taken.count < mostKnown } ?? false
      if known?.version != Version(others: others, own: own - 1) || !isSmall { known = nil }
      // Without what was known, nobody could tell what of it the last transaction changed.
      let sooner = known == nil ? nil : read
      guard let waiting = try sooner ?? writer.waitingAlerts(of: tenants, most: step)
      else {
        known = nil
        return nil
      }
      if readsAhead { ahead.begin(besides: waiting.rows) }
      var correlation = try AlertCorrelation(writer, known.take()?.correlation)
      for item in waiting.items { try correlation.take(item) }
      var outcome = try correlation.finish()
      outcome.tenants = waiting.tenants
      try writer.run(
        "DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))",
        [StoredJSON.list(waiting.rows)]
      )
      known = Memory(
        version: Version(others: others, own: own),
        correlation: correlation.memory
      )
      return outcome
    }
    memory = known
    return outcome
  }
}

extension IncidentReading {
  /// A number that is another one after any other connection changed the database.
  fileprivate func dataVersion() throws -> Int64 {
    try rows("PRAGMA data_version", []) { $0[0] as Int64 }.first ?? 0
  }
}
