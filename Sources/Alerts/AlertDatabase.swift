public import FileAccess
import GRDB
public import OperationalStore

/// The database of what has a life cycle: rules and their runs, alerts, incidents and the outbox in
/// which they meet. It is the file `detections.db` beside the catalogue of a store.
///
/// All of it is one database, so that an alert, its incident and their history change in one
/// transaction, and what KQL shows of them is what is there.
public enum AlertDatabase {
  /// The path of the database in the folder of a store.
  public static func path(in store: String) -> String { store + "/detections.db" }

  /// Opens the database of a store; a writer makes it.
  ///
  /// - Parameter witness: stands at the commits, for tests.
  /// - Returns: nil for a reader where there is none.
  public static func open(
    store: String,
    access: OperationalStore.Access,
    files: any DurableFileSystem = LocalFileSystem(),
    witness: (any CommitWitness)? = nil
  ) throws(StoreFailure) -> OperationalStore? {
    try OperationalStore.openIfPresent(
      path(in: store),
      access: access,
      migrations: migrations,
      files: files,
      witness: witness
    )
  }

  /// The steps in order; a released one is never changed.
  static let migrations = [
    Migration("detections-1") { try $0.execute(sql: DetectionFormat.first) },
    Migration("detections-2") { try $0.execute(sql: DetectionFormat.tuning) },
    Migration("incidents-1") { try $0.execute(sql: IncidentFormat.first) },
    Migration("incidents-2") { try $0.execute(sql: IncidentFormat.withoutUnused) },
    Migration("incidents-3") { try $0.execute(sql: IncidentFormat.names) },
    Migration("response-1") { try $0.execute(sql: ResponseFormat.first) },
    Migration("incidents-4") { try $0.execute(sql: IncidentFormat.scanning) },
    Migration("ingested-1") { try $0.execute(sql: IngestedFormat.first) },
    Migration("response-2") { try $0.execute(sql: ResponseFormat.shared) },
    Migration("incidents-5") { try $0.execute(sql: IncidentFormat.settings) },
    Migration("detections-3") { try $0.execute(sql: DetectionFormat.runs) },
    Migration("incidents-6") { try $0.execute(sql: IncidentFormat.queue) },
    Migration("response-3") { try $0.execute(sql: ResponseFormat.queued) },
    added("response-4", ResponseFormat.sharedByAction),
    added("incidents-7", IncidentFormat.threats),
    added("incidents-8", IncidentFormat.moves),
    added("ingested-2", IngestedFormat.taken),
    added("ingested-3", IngestedFormat.told),
    added("ingested-4", IngestedFormat.remainders),
    added("incidents-9", IncidentFormat.devices),
    added("incidents-10", IncidentFormat.documents),
    added("incidents-11", IncidentFormat.alertHistory),
    added("incidents-12", IncidentFormat.counting),
    added("ingested-5", IngestedFormat.positions),
    added("incidents-13", IncidentFormat.parts),
  ]

  /// A step that makes no table anew.
  private static func added(_ name: String, _ sql: String) -> Migration {
    Migration(name, keepsReferences: true) { try $0.execute(sql: sql) }
  }
}
