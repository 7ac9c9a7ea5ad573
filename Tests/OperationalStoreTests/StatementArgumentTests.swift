import GRDB
import HarrierTesting
import OperationalStore
import Testing

/// What statements are given is what the database keeps.
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
        [0, 255] as [UInt8], [] as [UInt8],
      ]
      try store.write { database in
        for argument in arguments {
          try database.execute(
            prepared: "INSERT INTO things (value) VALUES (?)",
            arguments: [argument]
          )
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
      let rest = [
        "real:" + hex("0.1"), "integer:" + hex("1"), "null:", "null:",
        "blob:00FF", "blob:",
      ]
      #expect(found == texts + numbers + rest)
    }
  }

  @Test("what the database does not take is told, and the statement runs again") func failures()
    throws
  {
    try withTemporaryFolder { folder in
      let store = try store(folder)
      let sql = "INSERT INTO things (value, size) VALUES (?, ?)"
      try store.write { try $0.execute(prepared: sql, arguments: ["a", 1]) }
      let failure = #expect(throws: StoreFailure.self) {
        try store.write { try $0.execute(prepared: sql, arguments: ["b", 1]) }
      }
      #expect(failure?.description.contains("UNIQUE") == true)
      #expect(throws: StoreFailure.self) {
        try store.write { try $0.execute(prepared: sql, arguments: ["c"]) }
      }
      try store.write { try $0.execute(prepared: sql, arguments: ["d", 2]) }
      let kept = try store.read {
        try String.fetchAll($0, sql: "SELECT value FROM things ORDER BY id")
      }
      #expect(kept == ["a", "d"])
    }
  }
}
