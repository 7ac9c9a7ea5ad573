import Columnar
public import FileAccess
import GRDB
public import OperationalStore

/// Saved queries and functions: everybody's own, and those that are shared.
///
/// One's own stands before a shared one of the same name.
public final class SavedLibrary: Sendable {
  private let database: OperationalStore
  private let clock: any Clock

  private static let migrations = [
    Migration("library-1") { database in
      try database.execute(
        sql: """
          CREATE TABLE saved_texts (
            owner TEXT NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('query', 'function')),
            is_shared INTEGER NOT NULL,
            text TEXT NOT NULL,
            changed INTEGER NOT NULL,
            PRIMARY KEY (owner, name)
          ) STRICT, WITHOUT ROWID;
          """
      )
    }
  ]

  /// Opens the library of a file; a writer makes it.
  ///
  /// - Returns: nil for a reader where nothing was saved.
  public static func open(
    _ path: String,
    access: OperationalStore.Access,
    files: any DurableFileSystem = LocalFileSystem(),
    clock: any Clock = SystemClock()
  ) throws(StoreFailure) -> SavedLibrary? {
    try OperationalStore.openIfPresent(
      path,
      access: access,
      migrations: migrations,
      files: files
    )
    .map { SavedLibrary($0, clock) }
  }

  private init(_ database: OperationalStore, _ clock: any Clock) {
    self.database = database
    self.clock = clock
  }

  /// What a principal may use, by name; its own first where two have one name.
  public func texts(for principal: Principal) throws(StoreFailure) -> [SavedText] {
    try database.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM saved_texts WHERE owner = ? OR is_shared = 1
          ORDER BY name, owner <> ?, owner
          """,
        arguments: [principal.name, principal.name]
      )
      return rows.compactMap(Self.text)
    }
  }

  /// The text that a name means for a principal.
  public func text(named name: String, for principal: Principal) throws(StoreFailure) -> SavedText?
  {
    try texts(for: principal).first { $0.name == name }
  }

  /// Keeps a text under a name, in the place of the principal's own of that name.
  public func save(
    _ text: String,
    as name: String,
    kind: SavedText.Kind,
    isShared: Bool,
    by principal: Principal
  ) throws {
    if let why = SavedText.refusal(name) { throw AccessFailure.refused(why) }
    let now = clock.wallTicks
    try database.write { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO saved_texts (owner, name, kind, is_shared, text, changed)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [principal.name, name, kind.rawValue, isShared, text.storable, now]
      )
    }
  }

  /// Removes one's own text of a name; false where there is none.
  public func remove(_ name: String, by principal: Principal) throws(StoreFailure) -> Bool {
    try database.write { database in
      try database.execute(
        sql: "DELETE FROM saved_texts WHERE owner = ? AND name = ?",
        arguments: [principal.name, name]
      )
      return database.changesCount > 0
    }
  }

  private static func text(_ row: Row) -> SavedText? {
    guard let kind = SavedText.Kind(rawValue: row["kind"]) else { return nil }
    return SavedText(
      name: row["name"],
      kind: kind,
      owner: row["owner"],
      isShared: row["is_shared"],
      text: row["text"],
      changedAt: DateTime(ticks: row["changed"])
    )
  }
}
