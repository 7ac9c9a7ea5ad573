import GRDB
import Synchronization

// Brings a database to this version's format when it is opened.
extension OperationalStore {
  /// Lets commits sync, refuses other formats and brings the tables up to date.
  func prepare(_ migrations: [Migration]) throws(StoreFailure) {
    let path = path
    try Self.translating(path) {
      let known = migrations.map(\.name)
      let applied = try reader.read { try Self.appliedMigrations($0) }
      if let foreign = applied.first(where: { !known.contains($0) }) {
        throw StoreFailure(.newerFormat(detail: "step '\(foreign)' is unknown"), path: path)
      }
      guard let writer else {
        if let waiting = known.first(where: { !applied.contains($0) }) {
          throw StoreFailure(.olderFormat(detail: "step '\(waiting)' has not run"), path: path)
        }
        return
      }
      try writer.writeWithoutTransaction { database in
        try Self.requireLog(database, path)
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.execute(sql: "PRAGMA cache_size = -\(Self.writerKibibytes)")
      }
      if !applied.isEmpty, applied.count < known.count, try writer.read(Self.isLarge) {
        Self.willUpgrade.withLock { $0 }?(path)
      }
      var migrator = DatabaseMigrator()
      for migration in migrations {
        migrator.registerMigration(
          migration.name,
          foreignKeyChecks: migration.keepsReferences ? .immediate : .deferred,
          migrate: migration.run
        )
      }
      try migrator.migrate(writer)
      // What statements keep to be undone is small, but once some of it went to a file, the rest
      // of the transaction does.
      try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA temp_store = MEMORY") }
    }
  }

  /// Refuses a database that did not get into WAL mode: where the transaction that turns it on
  /// cannot be synced, SQLite tells so after the row that names the mode, which nobody hears.
  private static func requireLog(_ database: Database, _ path: String) throws {
    let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode")
    if mode == "wal" { return }
    throw StoreFailure(
      .database(code: ResultCode.SQLITE_IOERR.rawValue, message: "its log could not be turned on"),
      path: path
    )
  }

  private static func isLarge(_ database: Database) throws -> Bool {
    let size = try Int64.fetchOne(
      database,
      sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    )
    return (size ?? 0) >= largeByteCount
  }

  private static func appliedMigrations(_ database: Database) throws -> [String] {
    // GRDB's own question reads the names of all tables.
    let exists = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'grdb_migrations'"
    guard try Int.fetchOne(database, sql: exists) != nil else { return [] }
    return try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations")
  }
}
