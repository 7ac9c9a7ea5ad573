import GRDB
import HarrierTesting
import OperationalStore
import Testing

/// Holds rows that are read while their statement stands on them to what SQLite has.
struct StatementRowTests {
  private static let things = Migration("things") {
    try $0.execute(
      sql: """
        CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, size REAL, is_good INTEGER,
          bytes BLOB);
        INSERT INTO things VALUES (7, 'a' || char(0) || 'ü', 0.5, 1, x'00ff10');
        INSERT INTO things VALUES (-9223372036854775808, NULL, NULL, NULL, NULL);
        """
    )
  }

  private struct Thing: Equatable {
    let id: Int64
    let name: String?
    let size: Double?
    let isGood: Bool?
    let bytes: [UInt8]
  }

  private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let folder = try TemporaryFolder()
    let store = try OperationalStore(
      path: folder.path + "/x.db",
      access: .readWrite,
      migrations: [Self.things]
    )
    return try store.read(body)
  }

  private static let expected = [
    Thing(id: .min, name: nil, size: nil, isGood: nil, bytes: []),
    Thing(id: 7, name: "a\0ü", size: 0.5, isGood: true, bytes: [0, 255, 16]),
  ]

  @Test func `columns are found by name, in any order`() throws {
    let found = try reading { database in
      try database.rows(prepared: "SELECT * FROM things ORDER BY id") { row in
        let bytes = row.withBytes(4) { [UInt8]($0) }
        let isGood: Bool? = row["is_good"]
        let name: String? = row["name"]
        return Thing(id: row["id"], name: name, size: row["size"], isGood: isGood, bytes: bytes)
      }
    }
    #expect(found == Self.expected)
  }

  @Test func `rows that make nothing are left out, and a statement can run again`() throws {
    let found = try reading { database in
      try (0..<2).map { _ in
        try database.rows(prepared: "SELECT id FROM things WHERE id > ?", arguments: [-1]) { row in
          row[0] == 7 ? "seven" : nil
        }
      }
    }
    #expect(found == [["seven"], ["seven"]])
  }

  @Test func `NULL where the format forbids it is a damage and no end of the process`() throws {
    #expect(throws: StoreFailure.self) {
      try reading { database in
        try database.rows(prepared: "SELECT id, name FROM things") { row in
          row["name"] as String
        }
      }
    }
  }
}
