/// What the linter must know of tables besides their columns.
///
/// The environment that a query binds in has names and types only; this says the rest.
public protocol SchemaFacts: Sendable {
  /// The columns that say when a row of the table came about; none where the table has no time.
  func timeColumns(of table: String) -> [String]
  /// The table that took the place of one that is gone or deprecated; nil while it is current.
  func successor(of table: String) -> String?
  /// The present name of a column that older versions of the table had under another one.
  func renamedColumn(_ column: String, in table: String) -> String?
  /// The columns of a table by name; none where it is not known.
  func columnNames(of table: String) -> Set<String>
}
