import Columnar
public import GRDB
import GRDBSQLite

/// The row on which a statement stands, only while it does.
///
/// It is for loops over many rows: GRDB's `Row` makes a dictionary of its columns for each run of
/// a statement, which costs several times as much as what is in a small row.
public final class StatementRow {
  @usableFromInline let statement: SQLiteStatement
  @usableFromInline let names: [String]
  /// Behind the column that was read last: columns are mostly read in the order of their table.
  private var next = 0
  @usableFromInline var isDamaged = false

  @usableFromInline
  init(_ statement: SQLiteStatement, _ names: [String]) {
    assert(Set(names).count == names.count, "columns of one name: \(names)")
    self.statement = statement
    self.names = names
  }

  /// A column by its place from 0 on. The reading of the rows fails where it holds NULL and is not
  /// read as an optional: the format of the store forbids it, so the file was damaged.
  @inlinable
  public subscript<Value: StatementValue>(_ place: Int) -> Value {
    guard let value = Value.read(statement, CInt(place)) else {
      isDamaged = true
      return Value.nothing
    }
    return value
  }

  /// A column by its name, which no other column of the statement may have.
  @inlinable
  public subscript<Value: StatementValue>(_ name: String) -> Value { self[place(of: name)] }

  /// Gives the bytes of a column, which last no longer than `body`; NULL has none.
  public func withBytes<Value>(
    _ place: Int,
    _ body: (UnsafeRawBufferPointer) throws -> Value
  ) rethrows -> Value {
    let start = sqlite3_column_blob(statement, CInt(place))
    let count = Int(sqlite3_column_bytes(statement, CInt(place)))
    return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// Gives the bytes of some columns, which last no longer than `body`; NULL has none.
  public func withBytes<Value>(
    of places: ClosedRange<Int>,
    _ body: ([UnsafeRawBufferPointer]) throws -> Value
  ) rethrows -> Value {
    // Reading a column as bytes leaves those of the others where they are.
    try body(places.map { place in withBytes(place) { $0 } })
  }

  @usableFromInline var damage: DatabaseError {
    DatabaseError(
      resultCode: .SQLITE_CORRUPT,
      message: "a row of \(names.joined(separator: ", ")) lacks a value"
    )
  }

  @usableFromInline
  func place(of name: String) -> Int {
    let near = names[min(next, names.count)...].firstIndex(of: name)
    guard let place = near ?? names.firstIndex(of: name) else {
      unreachable("no column '\(name)' among \(names)")
    }
    next = place + 1
    return place
  }
}

/// Where a statement stands, as GRDB's fast cursors read a single value; it is never written.
@usableFromInline
struct StatementPlace: DatabaseValueConvertible, StatementColumnConvertible {
  @usableFromInline let statement: SQLiteStatement

  @usableFromInline
  init?(sqliteStatement: SQLiteStatement, index: CInt) { statement = sqliteStatement }

  @usableFromInline
  static func fromStatement(
    _ sqliteStatement: SQLiteStatement,
    atUncheckedIndex index: CInt
  ) -> Self? {
    Self(sqliteStatement: sqliteStatement, index: index)
  }

  @usableFromInline var databaseValue: DatabaseValue { .null }

  @usableFromInline
  static func fromDatabaseValue(_ value: DatabaseValue) -> Self? { nil }
}

extension Database {
  /// Gives each row of a statement that is kept prepared. `body` must not run the same statement.
  @inlinable
  public func eachRow(
    prepared sql: String,
    arguments: StatementArguments = StatementArguments(),
    _ body: (StatementRow) throws -> Void
  ) throws {
    let places = try StatementPlace.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
    var row: StatementRow?
    try places.forEach { place in
      let now = row ?? StatementRow(place.statement, places.columnNames)
      row = now
      try body(now)
      if now.isDamaged { throw now.damage }
    }
  }

  /// What is made of each row of a statement that is kept prepared. `make` must not run the same
  /// statement; rows of which it makes nil are left out.
  @inlinable
  public func rows<Value>(
    prepared sql: String,
    arguments: StatementArguments = StatementArguments(),
    _ make: (StatementRow) throws -> Value?
  ) throws -> [Value] {
    var values: [Value] = []
    try eachRow(prepared: sql, arguments: arguments) { row in
      if let value = try make(row) { values.append(value) }
    }
    return values
  }
}
