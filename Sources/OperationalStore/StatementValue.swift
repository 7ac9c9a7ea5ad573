public import GRDB
import GRDBSQLite

/// What a column of a `StatementRow` is read as.
public protocol StatementValue {
  /// nil where the column holds NULL and the value is no optional.
  static func read(_ statement: SQLiteStatement, _ place: CInt) -> Self?
  /// What stands for NULL until the reading fails.
  static var nothing: Self { get }
}

extension Int64: StatementValue {
  public static var nothing: Int64 { 0 }

  public static func read(_ statement: SQLiteStatement, _ place: CInt) -> Int64? {
    isNull(statement, place) ? nil : sqlite3_column_int64(statement, place)
  }
}

extension Int: StatementValue {
  public static var nothing: Int { 0 }

  public static func read(_ statement: SQLiteStatement, _ place: CInt) -> Int? {
    Int64.read(statement, place).map { Int(truncatingIfNeeded: $0) }
  }
}

extension Bool: StatementValue {
  public static var nothing: Bool { false }

  public static func read(_ statement: SQLiteStatement, _ place: CInt) -> Bool? {
    Int64.read(statement, place).map { $0 != 0 }
  }
}

extension Double: StatementValue {
  public static var nothing: Double { 0 }

  public static func read(_ statement: SQLiteStatement, _ place: CInt) -> Double? {
    isNull(statement, place) ? nil : sqlite3_column_double(statement, place)
  }
}

extension String: StatementValue {
  public static var nothing: String { "" }

  public static func read(_ statement: SQLiteStatement, _ place: CInt) -> String? {
    guard let text = sqlite3_column_text(statement, place) else { return nil }
    let count = Int(sqlite3_column_bytes(statement, place))
    return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
  }
}

extension Optional: StatementValue where Wrapped: StatementValue {
  public static var nothing: Wrapped? { nil }

  public static func read(_ statement: SQLiteStatement, _ place: CInt) -> Wrapped?? {
    .some(Wrapped.read(statement, place))
  }
}

private func isNull(_ statement: SQLiteStatement, _ place: CInt) -> Bool {
  sqlite3_column_type(statement, place) == SQLITE_NULL
}
