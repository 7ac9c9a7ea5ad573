import Alerts
public import Columnar
import DetectionRules
public import FileAccess
import GRDB
public import OperationalStore
import Synchronization

/// Rules, their runs and their alerts: the database `detections.db` beside the catalogue of a
/// store.
///
/// It has a writer of its own, so that rules run while data are ingested.
public final class DetectionStore: Sendable {
  let database: OperationalStore
  let clock: any Clock
  /// Rules that were read, since reading one takes longer than looking whether it changed.
  let known = Mutex<[String: StoredRule]>([:])

  /// The path of the database in the folder of a store.
  public static func path(in store: String) -> String { AlertDatabase.path(in: store) }

  /// Opens the database of a store; a writer makes it.
  ///
  /// - Parameter witness: stands at the commits, for tests.
  /// - Returns: nil for a reader where there are no detections.
  public static func open(
    store: String,
    access: OperationalStore.Access,
    files: any DurableFileSystem = LocalFileSystem(),
    clock: any Clock = SystemClock(),
    witness: (any CommitWitness)? = nil
  ) throws(StoreFailure) -> DetectionStore? {
    try AlertDatabase.open(store: store, access: access, files: files, witness: witness)
      .map { DetectionStore($0, clock) }
  }

  private init(_ database: OperationalStore, _ clock: any Clock) {
    self.database = database
    self.clock = clock
  }

  /// The rows of a query, made into values.
  func fetch<Value>(
    _ sql: String,
    _ arguments: StatementArguments = [],
    _ make: (StatementRow) -> Value?
  ) throws(StoreFailure) -> [Value] {
    try database.read { database in
      try database.rows(prepared: sql, arguments: arguments, make)
    }
  }

  public var now: DateTime { DateTime(ticks: clock.wallTicks) }

  /// Copies the database, as it is at one moment, into the folder of another store.
  public func copy(toStore folder: String) throws(StoreFailure) {
    try database.copy(to: Self.path(in: folder)) { _ in }
  }
}

/// Why a change of rules is refused.
public struct DetectionFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
