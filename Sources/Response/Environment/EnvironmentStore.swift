public import FileAccess
import GRDB
public import OperationalStore

/// The simulated environment of a store: mailboxes, devices and identities on which actions have
/// effects, in a database of its own, as what real connectors reach is elsewhere too.
public final class EnvironmentStore: Sendable {
  let database: OperationalStore
  let clock: any Clock

  public static func path(in store: String) -> String { store + "/environment.db" }

  /// Opens the environment of a store; a writer makes it.
  ///
  /// - Returns: nil for a reader where there is none.
  public static func open(
    store: String,
    access: OperationalStore.Access,
    files: any DurableFileSystem = LocalFileSystem(),
    clock: any Clock = SystemClock(),
    witness: (any CommitWitness)? = nil
  ) throws(StoreFailure) -> EnvironmentStore? {
    try OperationalStore.openIfPresent(
      path(in: store),
      access: access,
      migrations: EnvironmentFormat.migrations,
      files: files,
      witness: witness
    )
    .map { EnvironmentStore($0, clock) }
  }

  private init(_ database: OperationalStore, _ clock: any Clock) {
    self.database = database
    self.clock = clock
  }

  func write<Value>(_ body: (EnvironmentWriter) throws -> Value) throws(StoreFailure) -> Value {
    let now = clock.wallTicks
    return try database.write { try body(EnvironmentWriter(database: $0, now: now)) }
  }
}

/// Changes the environment within a transaction.
struct EnvironmentWriter {
  let database: Database
  let now: Int64

  func run(_ sql: String, _ arguments: [(any StatementArgument)?]) throws {
    try database.execute(prepared: sql, arguments: arguments)
  }

  /// Runs a statement; whether it changed a row.
  func changes(_ sql: String, _ arguments: [(any StatementArgument)?]) throws -> Bool {
    try run(sql, arguments)
    return database.changesCount > 0
  }

  func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
    try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
  }
}
