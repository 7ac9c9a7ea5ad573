public import GRDB

/// The columns of the row on which a statement stands, by their places from 0 on; those that are
/// read are declared NOT NULL.
///
/// It is for loops over many small rows: a `Row` costs several times as much as what is in it.
public struct StatementColumns {
  private let statement: SQLiteStatement

  fileprivate init(_ statement: SQLiteStatement) { self.statement = statement }

  public func number(_ place: Int) -> Int64 {
    Int64(sqliteStatement: statement, index: CInt(place))
  }

  public func text(_ place: Int) -> String {
    String(sqliteStatement: statement, index: CInt(place))
  }
}

/// Something that is read out of the columns of a row.
public protocol StatementDecodable {
  init(_ columns: StatementColumns)
}

extension StatementDecodable {
  /// All rows of a statement that is kept prepared.
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
