import Columnar
public import FileAccess
import GRDB
public import OperationalStore

/// Who may do what in a store, and the trail of what was done: the database `access.db` beside its
/// catalogue.
///
/// A store without it belongs to whoever can read its files. It has a writer of its own, so that
/// access changes while data are ingested.
public final class AccessStore: Sendable {
  private let database: OperationalStore
  private let clock: any Clock

  /// The path of the database in the folder of a store.
  public static func path(in store: String) -> String { store + "/access.db" }

  /// Opens the access database of a store; a writer makes it.
  ///
  /// - Returns: nil for a reader where nothing was set up.
  public static func open(
    store: String,
    access: OperationalStore.Access,
    files: any DurableFileSystem = LocalFileSystem(),
    clock: any Clock = SystemClock()
  ) throws(StoreFailure) -> AccessStore? {
    try OperationalStore.openIfPresent(
      path(in: store),
      access: access,
      migrations: AccessFormat.migrations,
      files: files
    )
    .map { AccessStore($0, clock) }
  }

  private init(_ database: OperationalStore, _ clock: any Clock) {
    self.database = database
    self.clock = clock
  }

  var now: DateTime { DateTime(ticks: clock.wallTicks) }

  /// What holds now.
  public func state() throws(StoreFailure) -> AccessState {
    try database.read { try AccessReading(database: $0).state() }
  }

  /// Changes something on behalf of a principal and writes it to the audit trail, both or neither.
  ///
  /// What is refused changes nothing and is in the trail too.
  func change(
    _ action: String,
    by principal: Principal,
    on object: String,
    detail: String = "",
    _ body: (Database, AccessState) throws -> AccessFailure?
  ) throws {
    let now = now
    let refused: AccessFailure? = try database.write { database in
      let state = try AccessReading(database: database).state()
      let refused = try body(database, state)
      let outcome = refused.map { Self.refusedPrefix + "\($0)" } ?? detail
      try AuditTrail(database: database)
        .append(action, by: principal, on: object, detail: outcome, at: now)
      return refused
    }
    if let refused { throw refused }
  }

  /// How the detail of what was refused begins.
  static let refusedPrefix = "refused: "

  /// Writes to the audit trail what was done elsewhere.
  public func note(
    _ action: String,
    by principal: Principal,
    on object: String,
    detail: String
  ) throws(StoreFailure) {
    let now = now
    try database.write { database in
      try AuditTrail(database: database)
        .append(action, by: principal, on: object, detail: detail, at: now)
    }
  }

  /// The last entries of the audit trail, oldest first.
  public func audit(last count: Int) throws(StoreFailure) -> [AuditEntry] {
    try database.read { try AuditTrail(database: $0).last(count) }
  }

  /// Checks the audit trail.
  ///
  /// - Parameter head: a head that was kept elsewhere and must be in the trail.
  public func verifyAudit(head: AuditHead? = nil) throws(StoreFailure) -> AuditVerification {
    try database.read { try AuditTrail(database: $0).verify(head) }
  }

  /// Copies the database, as it is at one moment, into the folder of another store.
  public func copy(toStore folder: String) throws(StoreFailure) {
    try database.copy(to: Self.path(in: folder)) { _ in }
  }
}
