public import GRDB

/// Statements that a connection prepares once: preparing one takes longer than running it where
/// it touches few rows.
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
}
