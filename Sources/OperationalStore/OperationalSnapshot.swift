public import GRDB

/// A database as it was at one moment. Reads wait for each other.
public final class OperationalSnapshot: Sendable {
  private let snapshot: DatabaseSnapshot
  private let path: String

  init(_ snapshot: DatabaseSnapshot, path: String) {
    self.snapshot = snapshot
    self.path = path
  }

  public func read<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
    try OperationalStore.translating(path) { try snapshot.read(body) }
  }
}
