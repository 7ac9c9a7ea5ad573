import GRDB
import HarrierTesting
import OperationalStore
import Testing

/// Statements that run often give the database what others would.
struct StatementArgumentTests {
  private static let format = Migration("values") {
    try $0.execute(
      sql: "CREATE TABLE things (id INTEGER PRIMARY KEY, value ANY, size INTEGER UNIQUE) STRICT"
    )
  }

  private func store(_ folder: String) throws -> OperationalStore {
    try OperationalStore(path: folder + "/x.db", access: .readWrite, migrations: [Self.format])
  }

  @Test("each kind of argument comes back as it was") func kinds() throws {
    try withTemporaryFolder { folder in
      let store = try store(folder)
      let arguments: [(any StatementArgument)?] = [
        "plain", "", "zwölf 🦅", "a\u{0}b", Int64.min, 7, 0.1, true, nil, String?.none,
      ]
      try store.write { database in
        for argument in arguments {
          try database.run(prepared: "INSERT INTO things (value) VALUES (?)", [argument])
        }
      }
      let found = try store.read {
        try String.fetchAll(
          $0,
          sql: "SELECT typeof(value) || ':' || hex(coalesce(value, '')) FROM things ORDER BY id"
        )
      }
      func hex(_ text: String) -> String {
        text.utf8.map { byte in
          let digits = String(byte, radix: 16, uppercase: true)
          return digits.count < 2 ? "0" + digits : digits
        }
        .joined()
      }
      let texts = ["plain", "", "zwölf 🦅", "a\u{0}b"].map { "text:" + hex($0) }
      let numbers = ["\(Int64.min)", "7"].map { "integer:" + hex($0) }
      let rest = ["real:" + hex("0.1"), "integer:" + hex("1"), "null:", "null:"]
      #expect(found == texts + numbers + rest)
    }
  }

  @Test("what the database does not take is told, and the statement runs again") func failures()
    throws
  {
    try withTemporaryFolder { folder in
      let store = try store(folder)
      let sql = "INSERT INTO things (value, size) VALUES (?, ?)"
      try store.write { try $0.run(prepared: sql, ["a", 1]) }
      let failure = #expect(throws: StoreFailure.self) {
        try store.write { try $0.run(prepared: sql, ["b", 1]) }
      }
      #expect(failure?.description.contains("UNIQUE") == true)
      #expect(throws: StoreFailure.self) { try store.write { try $0.run(prepared: sql, ["c"]) } }
      try store.write { try $0.run(prepared: sql, ["d", 2]) }
      let kept = try store.read {
        try String.fetchAll($0, sql: "SELECT value FROM things ORDER BY id")
      }
      #expect(kept == ["a", "d"])
    }
  }
}
