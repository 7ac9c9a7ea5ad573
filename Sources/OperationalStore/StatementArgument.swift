public import GRDB
import GRDBSQLite

/// What an argument of a statement may be.
public protocol StatementArgument: Sendable {
  /// Gives it to a place of a statement, from 1 on, and returns SQLite's code.
  func bind(to statement: SQLiteStatement, at place: CInt) -> CInt
}

extension Int64: StatementArgument {
  public func bind(to statement: SQLiteStatement, at place: CInt) -> CInt {
    sqlite3_bind_int64(statement, place, self)
  }
}

extension Int: StatementArgument {
  public func bind(to statement: SQLiteStatement, at place: CInt) -> CInt {
    sqlite3_bind_int64(statement, place, Int64(self))
  }
}

extension Bool: StatementArgument {
  public func bind(to statement: SQLiteStatement, at place: CInt) -> CInt {
    sqlite3_bind_int64(statement, place, self ? 1 : 0)
  }
}

extension Double: StatementArgument {
  public func bind(to statement: SQLiteStatement, at place: CInt) -> CInt {
    sqlite3_bind_double(statement, place, self)
  }
}

extension String: StatementArgument {
  /// All of the text: what is stored has no U+0000, behind which SQLite's functions see nothing.
  public func bind(to statement: SQLiteStatement, at place: CInt) -> CInt {
    var text = self
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        // A text without bytes may have no address, which would be NULL.
        guard let start = bytes.baseAddress else {
          return sqlite3_bind_text(statement, place, "", 0, copied)
        }
        return sqlite3_bind_text64(
          statement,
          place,
          start,
          sqlite3_uint64(bytes.count),
          copied,
          UInt8(SQLITE_UTF8)
        )
      }
    }
  }
}

/// A BLOB.
extension [UInt8]: StatementArgument {
  public func bind(to statement: SQLiteStatement, at place: CInt) -> CInt {
    withUnsafeBytes { bytes in
      // Bytes without an address would be NULL.
      guard let start = bytes.baseAddress, !isEmpty else {
        return sqlite3_bind_zeroblob(statement, place, 0)
      }
      return sqlite3_bind_blob64(statement, place, start, sqlite3_uint64(bytes.count), copied)
    }
  }
}

/// SQLite makes a copy of what it is given.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension Database {
  /// Executes a statement that is kept prepared: GRDB takes as long to give the arguments as SQLite
  /// takes to insert a small row.
  public func execute(
    prepared sql: String,
    arguments: [(any StatementArgument)?] = []
  ) throws {
    let statement = try cachedStatement(sql: sql).sqliteStatement
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    guard arguments.count == Int(sqlite3_bind_parameter_count(statement)) else {
      throw DatabaseError(
        resultCode: .SQLITE_MISUSE,
        message: "\(arguments.count) arguments are too few or too many",
        sql: sql
      )
    }
    for (place, argument) in zip(CInt(1)..., arguments) {
      let code = argument?.bind(to: statement, at: place) ?? sqlite3_bind_null(statement, place)
      if code != SQLITE_OK { throw failure(of: statement, sql) }
    }
    var code = sqlite3_step(statement)
    while code == SQLITE_ROW { code = sqlite3_step(statement) }
    if code != SQLITE_DONE { throw failure(of: statement, sql) }
  }

  /// What went wrong last on the connection of a statement.
  private func failure(of statement: SQLiteStatement, _ sql: String) -> DatabaseError {
    let connection = sqlite3_db_handle(statement)
    return DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)),
      sql: sql
    )
  }
}
