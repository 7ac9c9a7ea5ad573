import CSQLite
public import FileAccess
public import GRDB
public import Synchronization

/// A SQLite database that keeps what has a life cycle: one writer, readers beside it.
///
/// It is in WAL mode and syncs at every commit, so what a `write` returned from outlasts the
/// process and the power. Bodies of transactions throw what they like; what comes out is a
/// `StoreFailure`. SQLite does its own I/O, past `FileSystem`.
public final class OperationalStore: Sendable {
  /// What the opener wants to do.
  public enum Access: Sendable {
    case readWrite
    case readOnly
  }

  /// The path of the database file.
  public let path: String
  /// One connection where nothing is written, which opens in half the time of a pool's two.
  let reader: any DatabaseReader
  /// nil where the opener only reads.
  let writer: (any DatabaseWriter)?
  private let witness: (any CommitWitness)?
  /// Set while many transactions follow each other.
  private let checkpoints = Mutex<Checkpoints?>(nil)
  private let writes = Mutex(0)
  /// That of the statements which a reader's connection keeps.
  private let schemaVersion = Mutex<Int32?>(nil)

  /// How many transactions that write began here, the one among them that asks.
  public var writeCount: Int { writes.withLock { $0 } }

  /// Seconds that a transaction waits for a lock of another process.
  private static let busySeconds = 10.0

  /// The most pages that the writer keeps, in KiB: transactions that touch many rows read each page
  /// once, and put none aside before they end. SQLite's own 2 MiB are enough for readers.
  static let writerKibibytes = 65_536

  /// From how many bytes on bringing a database to a new format is told of.
  public static let largeByteCount: Int64 = 64 << 20

  /// Done before the first database of the process is opened: allocations of one connection then
  /// wait for none of another's. Without effect where somebody opened one before.
  private static let memoryIsUncounted = csqlite_stop_counting_memory()

  /// Called with its path before a large database is brought from an older format to this one,
  /// which takes about a minute where it has a million alerts.
  public static let willUpgrade = Mutex<(@Sendable (String) -> Void)?>(nil)

  /// Opens a database, making it if it is missing and may be written.
  ///
  /// - Parameters:
  ///   - migrations: All steps of all layers, in order. A writer runs those that have not run; a
  ///     reader needs that all have. A database with steps beyond these is of a newer version.
  ///   - witness: Stands at the commits, for tests.
  public init(
    path: String,
    access: Access,
    migrations: [Migration],
    witness: (any CommitWitness)? = nil
  ) throws(StoreFailure) {
    self.path = path
    self.witness = witness
    _ = Self.memoryIsUncounted
    let configuration = Self.configuration(for: access)
    switch access {
    case .readOnly:
      writer = nil
      reader = try Self.translating(path) {
        try DatabaseQueue(path: path, configuration: configuration)
      }
    case .readWrite:
      let pool = try Self.translating(path) {
        try DatabasePool(path: path, configuration: configuration)
      }
      (reader, writer) = (pool, pool)
    }
    try prepare(migrations)
  }

  static func configuration(for access: Access) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = access == .readOnly
    configuration.busyMode = .timeout(busySeconds)
    configuration.label = "harrier"
    return configuration
  }

  /// Opens a database that need not be there: a writer makes it.
  ///
  /// - Returns: nil for a reader where it is missing.
  public static func openIfPresent(
    _ path: String,
    access: Access,
    migrations: [Migration],
    files: any DurableFileSystem,
    witness: (any CommitWitness)? = nil
  ) throws(StoreFailure) -> OperationalStore? {
    let isThere: Bool
    do throws(FileFailure) {
      isThere = try files.exists(path)
    } catch {
      throw StoreFailure(error, path: path)
    }
    if access == .readOnly, !isThere { return nil }
    return try OperationalStore(
      path: path,
      access: access,
      migrations: migrations,
      witness: witness
    )
  }

  /// Runs `body` in a transaction that has been synced to disk when this returns.
  ///
  /// Writers wait for each other. An error rolls everything back, but for one whose `endsWriting`
  /// is true: then the transaction may come back when the database is opened again.
  public func write<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
    guard let writer else { throw StoreFailure(.openedReadOnly, path: path) }
    return try Self.translating(path) {
      let value = try writer.write { database in
        writes.withLock { $0 += 1 }
        let value = try body(database)
        try witness?.willCommit()
        return value
      }
      checkpoints.withLock { $0 }?.afterCommit()
      try witness?.didCommit()
      return value
    }
  }

  /// Runs `body`, in which many large transactions follow each other: the log is put into the
  /// database beside them, not at the end of each, and they have been synced to disk when this
  /// returns, not before. Each is whole or not there, also where the power fails before.
  public func writeMany<Value>(
    _ body: () throws(StoreFailure) -> Value
  ) throws(StoreFailure) -> Value {
    guard try beginMany() else { return try body() }
    let value: Value
    do throws(StoreFailure) {
      value = try body()
    } catch {
      try? endMany()
      throw error
    }
    try endMany()
    return value
  }

  /// - Returns: false where it has begun already.
  private func beginMany() throws(StoreFailure) -> Bool {
    try Self.translating(path) {
      let own = try Checkpoints(path: path)
      let isFirst = checkpoints.withLock { current in
        if current != nil { return false }
        current = own
        return true
      }
      if isFirst { try set(automaticCheckpoint: 0, synchronous: "NORMAL") }
      return isFirst
    }
  }

  private func endMany() throws(StoreFailure) {
    let own = checkpoints.withLock { current in
      defer { current = nil }
      return current
    }
    own?.end()
    try Self.translating(path) {
      try set(automaticCheckpoint: Self.automaticPages, synchronous: "FULL")
      // A transaction that changes something syncs all that is in the log; this changes nothing
      // else than that.
      try writer?.write { database in
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        try database.execute(sql: "PRAGMA user_version = \(version)")
      }
    }
  }

  /// SQLite's own number.
  private static let automaticPages = 1_000

  private func set(automaticCheckpoint pages: Int, synchronous: String) throws {
    try writer?.writeWithoutTransaction { database in
      _ = try Int.fetchOne(database, sql: "PRAGMA wal_autocheckpoint = \(pages)")
      try database.execute(sql: "PRAGMA synchronous = \(synchronous)")
    }
  }

  /// Runs `body` over one consistent state of the database, beside a writer.
  public func read<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
    try Self.translating(path) {
      try reader.read { database in
        if writer == nil { try forgetOldSchema(database) }
        return try body(database)
      }
    }
  }

  /// Lets go of prepared statements where a newer version changed tables since, as pools do.
  private func forgetOldSchema(_ database: Database) throws {
    let now = try database.schemaVersion()
    let isOld = schemaVersion.withLock { version in
      defer { version = now }
      return version != now
    }
    if isOld { database.clearSchemaCache() }
  }

  /// The database as it is now, whatever others write: what they do meanwhile stays in the log, so
  /// that it is not to be kept for long. Within a `write` it is what was there before.
  public func snapshot() throws(StoreFailure) -> OperationalSnapshot {
    try Self.translating(path) { try OperationalSnapshot(path: path) }
  }

  /// Lists what is wrong with the database's pages and references; empty where all is well.
  public func findDamage() throws(StoreFailure) -> [String] {
    try read { database in
      let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check(100)")
      let references = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
      return pages.filter { $0 != "ok" }
        + references.map { "a row of '\($0["table"] as String? ?? "?")' refers to nothing" }
    }
  }

  /// Copies one consistent state of the database to a new file, beside readers and a writer.
  ///
  /// - Parameter adjust: Changes the copy in a transaction and tells what the caller needs of it.
  public func copy<Value>(
    to newPath: String,
    _ adjust: (Database) throws -> Value
  ) throws(StoreFailure) -> Value {
    try Self.translating(path) {
      var configuration = Configuration()
      configuration.label = "harrier copy"
      let target = try DatabaseQueue(path: newPath, configuration: configuration)
      try reader.backup(to: target)
      // Without a log beside it, a copy can be read from a medium that cannot be written.
      let mode = try target.writeWithoutTransaction { database in
        try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
      }
      if mode != "delete" {
        throw StoreFailure(.database(code: -1, message: "a copy kept its log"), path: newPath)
      }
      let value = try target.write(adjust)
      try target.close()
      return value
    }
  }

  /// Turns whatever a body throws into a `StoreFailure`.
  static func translating<Value>(
    _ path: String,
    _ body: () throws -> Value
  ) throws(StoreFailure) -> Value {
    do {
      return try body()
    } catch let failure as StoreFailure {
      throw failure
    } catch let failure as FileFailure {
      throw StoreFailure(failure, path: path)
    } catch let failure as DatabaseError {
      throw StoreFailure(reason(of: failure), path: path)
    } catch {
      throw StoreFailure(.database(code: -1, message: "\(error)"), path: path)
    }
  }

  private static func reason(of failure: DatabaseError) -> StoreFailure.Reason {
    let message = failure.message ?? "no message"
    switch failure.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
    case .SQLITE_FULL: return .full
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt(detail: message)
    default: return .database(code: failure.extendedResultCode.rawValue, message: message)
    }
  }
}
