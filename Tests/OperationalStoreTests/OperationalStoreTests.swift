import FileAccess
import GRDB
import HarrierTesting
import OperationalStore
import Synchronization
import Testing

/// Holds the database to its promises about formats, transactions and errors.
struct OperationalStoreTests {
  private static let first = Migration("first") {
    try $0.execute(sql: "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
  }
  private static let second = Migration("second") {
    try $0.execute(sql: "ALTER TABLE notes ADD COLUMN mark INTEGER")
  }

  private func open(
    _ folder: String,
    _ access: OperationalStore.Access = .readWrite,
    _ migrations: [Migration] = [first],
    witness: (any CommitWitness)? = nil
  ) throws -> OperationalStore {
    try OperationalStore(
      path: folder + "/x.db",
      access: access,
      migrations: migrations,
      witness: witness
    )
  }

  private func note(_ text: String, in store: OperationalStore) throws {
    try store.write {
      try $0.execute(sql: "INSERT INTO notes (text) VALUES (?)", arguments: [text])
    }
  }

  private func notes(_ store: OperationalStore) throws -> [String] {
    try store.read { try String.fetchAll($0, sql: "SELECT text FROM notes ORDER BY id") }
  }

  @Test func `commits sync and survive reopening`() throws {
    try withTemporaryFolder { folder in
      var store: OperationalStore? = try open(folder)
      try note("a", in: #require(store))
      let settings = try store?.write { database in
        [
          try String.fetchOne(database, sql: "PRAGMA synchronous"),
          try String.fetchOne(database, sql: "PRAGMA journal_mode"),
          try String.fetchOne(database, sql: "PRAGMA foreign_keys"),
        ]
      }
      #expect(settings == ["2", "wal", "1"])
      store = nil
      #expect(try notes(open(folder)) == ["a"])
    }
  }

  @Test func `a snapshot stays as it is while others write, and lets go at its end`() throws {
    try withTemporaryFolder { folder in
      let store = try open(folder)
      try note("a", in: store)
      for opened in [store, try open(folder, .readOnly)] {
        let before = try notes(store)
        var snapshot: OperationalSnapshot? = try opened.snapshot()
        try note("b", in: store)
        let seen = try snapshot?.read { try String.fetchAll($0, sql: "SELECT text FROM notes") }
        #expect(seen == before)
        #expect(try notes(opened) == before + ["b"])
        #expect(throws: StoreFailure.self) {
          try snapshot?.read { try $0.execute(sql: "DELETE FROM notes") }
        }
        #expect(try isHeld(store) == true)
        snapshot = nil
        #expect(try isHeld(store) == false)
      }
    }
  }

  @Test func `a reader sees tables that were made anew since it read them`() throws {
    try withTemporaryFolder { folder in
      let store = try open(folder)
      try note("a", in: store)
      let reader = try open(folder, .readOnly)
      func text() throws -> [String] {
        try reader.read { database in
          try database.rows(prepared: "SELECT * FROM notes") { $0["text"] as String }
        }
      }
      #expect(try text() == ["a"])
      try store.write { database in
        try database.execute(
          sql: """
            DROP TABLE notes;
            CREATE TABLE notes (other INTEGER NOT NULL, id INTEGER, text TEXT NOT NULL) STRICT;
            INSERT INTO notes VALUES (1, 2, 'b');
            """
        )
      }
      #expect(try text() == ["b"])
    }
  }

  /// Whether the log of a database cannot be put away, as somebody reads it.
  private func isHeld(_ store: OperationalStore) throws -> Bool? {
    try DatabaseQueue(path: store.path).writeWithoutTransaction {
      try Bool.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  @Test func `storable text comes back whole`() throws {
    try withTemporaryFolder { folder in
      let store = try open(folder)
      for text in ["a\u{0}b", "\u{0}", "ü"] { try note(text.storable, in: store) }
      #expect(try notes(store) == ["a\u{FFFD}b", "\u{FFFD}", "ü"])
    }
  }

  @Test func `formats move forwards only`() throws {
    try withTemporaryFolder { folder in
      try note("a", in: open(folder))
      let path = folder + "/x.db"
      let older = #expect(throws: StoreFailure.self) {
        try open(folder, .readOnly, [Self.first, Self.second])
      }
      #expect(older?.reason == .olderFormat(detail: "step 'second' has not run"))
      let marked = try open(folder, .readWrite, [Self.first, Self.second])
      try marked.write { try $0.execute(sql: "UPDATE notes SET mark = 1") }
      for access in [OperationalStore.Access.readOnly, .readWrite] {
        let newer = #expect(throws: StoreFailure.self) { try open(folder, access) }
        #expect(
          newer == StoreFailure(.newerFormat(detail: "step 'second' is unknown"), path: path)
        )
      }
    }
  }

  @Test func `many transactions leave a log that begins anew`() throws {
    try withTemporaryFolder { folder in
      let store = try open(folder)
      let text = String(repeating: "x", count: 4 << 20)
      try store.writeMany { () throws(StoreFailure) in
        for _ in 0..<30 {
          try store.write { database in
            try database.execute(sql: "INSERT INTO notes (text) VALUES (?)", arguments: [text])
          }
        }
        // Each is not synced by itself: NORMAL.
        #expect(try store.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 1)
      }
      #expect(try notes(store).map(\.utf8.count) == Array(repeating: 4 << 20, count: 30))
      // 120 MiB were written, and the log holds 64 before it begins anew.
      #expect(try LocalFileSystem().status(of: folder + "/x.db-wal").sizeBytes < 100 << 20)
      let pages = try store.write { try Int.fetchOne($0, sql: "PRAGMA wal_autocheckpoint") }
      #expect(pages == 1_000)
      #expect(try store.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2)
    }
  }

  @Test func `a large database is brought to a new format with a word before`() throws {
    final class Told: Sendable {
      let paths = Mutex<[String]>([])
    }
    try withTemporaryFolder { folder in
      let told = Told()
      // Other tests run beside this one.
      let own = folder + "/x.db"
      let tell: @Sendable (String) -> Void = { path in
        if path == own { told.paths.withLock { $0.append(path) } }
      }
      OperationalStore.willUpgrade.withLock { $0 = tell }
      defer { OperationalStore.willUpgrade.withLock { $0 = nil } }
      do {
        let store = try open(folder)
        let text = String(repeating: "x", count: 8 << 20)
        try note("small", in: store)
        _ = try open(folder, .readWrite, [Self.first, Self.second])
        #expect(told.paths.withLock { $0 } == [])
        let larger = try open(folder, .readWrite, [Self.first, Self.second])
        for _ in 0..<8 { try note(text, in: larger) }
        let third = Migration("third") { try $0.execute(sql: "CREATE INDEX i ON notes (mark)") }
        for _ in 0..<2 { _ = try open(folder, .readWrite, [Self.first, Self.second, third]) }
        #expect(told.paths.withLock { $0 } == [own])
      }
    }
  }

  @Test func `a failed body leaves nothing and keeps its error`() throws {
    try withTemporaryFolder { folder in
      let store = try open(folder)
      let refusal = StoreFailure(.refused("no"), path: "p")
      #expect(throws: refusal) {
        try store.write { database in
          try database.execute(sql: "INSERT INTO notes (text) VALUES ('gone')")
          throw refusal
        }
      }
      let failure = #expect(throws: StoreFailure.self) {
        try store.write { try $0.execute(sql: "INSERT INTO notes (text) VALUES (NULL)") }
      }
      if case .database(let code, _)? = failure?.reason { #expect(code & 0xFF == 19) }
      #expect(failure?.endsWriting == false)
      #expect(try notes(store) == [])
    }
  }

  @Test func `a reader sees one state and may not write`() throws {
    try withTemporaryFolder { folder in
      let writer = try open(folder)
      try note("a", in: writer)
      let reader = try open(folder, .readOnly)
      try reader.read { database in
        let before = try Int.fetchOne(database, sql: "SELECT count(*) FROM notes")
        try note("b", in: writer)
        #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM notes") == before)
      }
      #expect(try notes(reader) == ["a", "b"])
      let failure = #expect(throws: StoreFailure.self) { try note("c", in: reader) }
      #expect(failure?.reason == .openedReadOnly)
    }
  }

  @Test func `a witness can stop a commit or hide it`() throws {
    struct Witness: CommitWitness {
      let stops: Bool
      let failure = FileFailure(.io(code: 5), path: "commit", operation: .sync)
      func willCommit() throws { if stops { throw failure } }
      func didCommit() throws { throw failure }
    }
    try withTemporaryFolder { folder in
      _ = try open(folder)
      for stops in [true, false] {
        let store = try open(folder, witness: Witness(stops: stops))
        let failure = #expect(throws: StoreFailure.self) { try note("\(stops)", in: store) }
        #expect(failure?.endsWriting == true)
      }
      #expect(try notes(open(folder)) == ["false"])
    }
  }

  @Test func `copies are whole and checked`() throws {
    try withTemporaryFolder { folder in
      let store = try open(folder)
      try note("a", in: store)
      try LocalFileSystem().makeFolder(folder + "/copy")
      let count = try store.copy(to: folder + "/copy/x.db") { database in
        try database.execute(sql: "INSERT INTO notes (text) VALUES ('b')")
        return try Int.fetchOne(database, sql: "SELECT count(*) FROM notes")
      }
      #expect(count == 2)
      #expect(try LocalFileSystem().list(folder + "/copy") == ["x.db"])
      #expect(try notes(open(folder + "/copy", .readOnly)) == ["a", "b"])
      #expect(try notes(store) == ["a"])
      #expect(try store.findDamage() == [])
    }
  }

  @Test func `what is no database is called damaged`() throws {
    try withTemporaryFolder { folder in
      let noise = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      try LocalFileSystem().write(noise, to: folder + "/x.db")
      let failure = #expect(throws: StoreFailure.self) { try open(folder) }
      guard case .corrupt? = failure?.reason else {
        Issue.record("\(String(describing: failure))")
        return
      }
    }
  }

  @Test func `messages say what to do`() {
    let locked = FileFailure(.locked(holder: "process 7 (harrier)"), path: "s", operation: .lock)
    #expect(
      StoreFailure(locked, path: "s").description
        == "the store 's' is being written by process 7 (harrier); wait until it has ended"
    )
    let full = FileFailure(.noSpace, path: "s/x", operation: .write)
    #expect(StoreFailure(full, path: "s").reason == .full)
    let unsynced = FileFailure(.noSpace, path: "s/x", operation: .sync)
    #expect(StoreFailure(unsynced, path: "s").endsWriting)
    #expect(StoreFailure(.database(code: 1034, message: "m"), path: "s").endsWriting)
    let unindexed = StoreFailure(.database(code: 4874, message: "disk I/O error"), path: "s")
    #expect(unindexed.endsWriting)
    #expect(unindexed.description.contains("no space is left"))
  }
}
