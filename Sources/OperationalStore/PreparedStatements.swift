public import GRDB

/// Statements that a connection prepares once: preparing one takes longer than running it where
/// it touches few rows.
extension Database {
  /// Executes a statement.
  public func execute(
    prepared sql: String,
    arguments: StatementArguments = StatementArguments()
  ) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }
}

extension Row {
  /// All rows of a statement.
  public static func fetchAll(
    _ database: Database,
    prepared sql: String,
    arguments: StatementArguments = StatementArguments()
  ) throws -> [Row] {
    try fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
  }

  /// The first row of a statement.
  public static func fetchOne(
    _ database: Database,
    prepared sql: String,
    arguments: StatementArguments = StatementArguments()
  ) throws -> Row? {
    try fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
  }

  /// What is made of each row of a statement while the statement stands on it, which finds columns
  /// by their names many times faster than a row that was copied. `make` must not run the same
  /// statement; rows of which it makes nil are left out.
  public static func make<Value>(
    _ database: Database,
    prepared sql: String,
    arguments: StatementArguments = StatementArguments(),
    _ make: (Row) throws -> Value?
  ) throws -> [Value] {
    var values: [Value] = []
    let rows = try fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
    while let row = try rows.next() {
      if let value = try make(row) { values.append(value) }
    }
    return values
  }
}
