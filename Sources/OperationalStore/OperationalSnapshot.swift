public import GRDB

/// A database as it was at one moment, read by a connection of its own. Reads wait for each other.
public final class OperationalSnapshot: Sendable {
  private let connection: DatabaseQueue
  private let path: String

  init(path: String) throws {
    self.path = path
    var configuration = OperationalStore.configuration(for: .readOnly)
    configuration.allowsUnsafeTransactions = true
    connection = try DatabaseQueue(path: path, configuration: configuration)
    try connection.unsafeRead { database in
      try database.beginTransaction(.deferred)
      // The moment is that of the transaction's first reading.
      try database.execute(sql: "SELECT rootpage FROM sqlite_schema LIMIT 1")
    }
  }

  deinit { try? connection.unsafeReentrantRead { try $0.rollback() } }

  public func read<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
    try OperationalStore.translating(path) { try connection.unsafeRead(body) }
  }
}
