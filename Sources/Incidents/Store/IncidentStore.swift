import Alerts
public import Columnar
public import FileAccess
import GRDB
public import OperationalStore

/// Incidents, their alerts and their history, in the database that they share with detections.
public final class IncidentStore: Sendable {
  package let database: OperationalStore
  package let clock: any Clock

  /// The most alerts that are put into one incident.
  public static let mostAlerts = 150
  /// The most things of which the alerts of an incident tell, when alerts or others join it. The
  /// product has such a maximum and does not publish it; this is that of a full incident whose
  /// alerts have 100 each.
  public static let mostEntities = 15_000

  /// Opens the incidents of a store; a writer makes the database.
  ///
  /// - Parameter witness: stands at the commits, for tests.
  /// - Returns: nil for a reader where there are none.
  public static func open(
    store: String,
    access: OperationalStore.Access,
    files: any DurableFileSystem = LocalFileSystem(),
    clock: any Clock = SystemClock(),
    witness: (any CommitWitness)? = nil
  ) throws(StoreFailure) -> IncidentStore? {
    try AlertDatabase.open(store: store, access: access, files: files, witness: witness)
      .map { IncidentStore($0, clock) }
  }

  private init(_ database: OperationalStore, _ clock: any Clock) {
    self.database = database
    self.clock = clock
  }

  public var now: DateTime { DateTime(ticks: clock.wallTicks) }

  /// Changes incidents, and what hangs on them, in one transaction.
  package func write<Value>(_ body: (IncidentWriter) throws -> Value) throws(StoreFailure) -> Value
  {
    let now = now
    let path = database.path
    return try database.write { database in
      let writer = IncidentWriter(database: database, now: now)
      let value = try body(writer)
      try writer.foldChanges(path: path)
      return value
    }
  }
}
