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
    Migration("response-4") { try $0.execute(sql: ResponseFormat.sharedByAction) },
    Migration("incidents-7") { try $0.execute(sql: IncidentFormat.threats) },
    Migration("incidents-8") { try $0.execute(sql: IncidentFormat.moves) },
    Migration("ingested-2") { try $0.execute(sql: IngestedFormat.taken) },
    Migration("ingested-3") { try $0.execute(sql: IngestedFormat.told) },
    Migration("ingested-4") { try $0.execute(sql: IngestedFormat.documents) },
    Migration("incidents-9") { try $0.execute(sql: IncidentFormat.devices) },
    Migration("incidents-10") { try $0.execute(sql: IncidentFormat.documents) },
    Migration("incidents-11") { try $0.execute(sql: IncidentFormat.alertHistory) },
    Migration("incidents-12") { try $0.execute(sql: IncidentFormat.counting) },
  ]
}
