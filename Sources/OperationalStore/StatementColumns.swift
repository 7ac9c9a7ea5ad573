public import GRDB

/// The columns of the row on which a statement stands, by their places from 0 on.
///
/// It is for loops over many small rows: a `Row` costs several times as much as what is in it.
public struct StatementColumns {
  private let statement: SQLiteStatement

  fileprivate init(_ statement: SQLiteStatement) { self.statement = statement }

  /// A value, where NULL is 0 or empty.
  public func value<Value: StatementColumnConvertible>(_ place: Int, _ type: Value.Type) -> Value? {
    Value(sqliteStatement: statement, index: CInt(place))
  }

  public func number(_ place: Int) -> Int64 { value(place, Int64.self) ?? 0 }

  public func text(_ place: Int) -> String { value(place, String.self) ?? "" }
}

/// Something that is read out of the columns of a row.
public protocol StatementDecodable {
  init(_ columns: StatementColumns)
}

extension StatementDecodable {
  /// All rows of a statement that is kept prepared; their first column is never NULL.
  public static func all(
    _ database: Database,
    prepared sql: String,
    arguments: StatementArguments = StatementArguments()
  ) throws -> [Self] {
    try DecodedRow<Self>.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
      .compactMap(\.value)
  }
}

/// A row as GRDB's fast cursors read a single value; it is never written.
private struct DecodedRow<Value: StatementDecodable>: DatabaseValueConvertible,
  StatementColumnConvertible
{
  let value: Value?

  init?(sqliteStatement: SQLiteStatement, index: CInt) {
    value = Value(StatementColumns(sqliteStatement))
  }

  var databaseValue: DatabaseValue { .null }

  static func fromDatabaseValue(_ value: DatabaseValue) -> Self? { nil }
}
