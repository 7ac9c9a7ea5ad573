public import Columnar

/// The columns that a known table declares, in their order.
public struct TableSchema: Sendable, Equatable {
  public let name: String
  public let columns: [ColumnSchema]
  /// The column that says when a row's event took place; nil for tables without time.
  public let timeColumn: String?
  /// The table that took this one's place; nil while it is current.
  public let successor: String?

  public init(
    name: String,
    columns: [ColumnSchema],
    timeColumn: String? = nil,
    successor: String? = nil
  ) {
    self.name = name
    self.columns = columns
    self.timeColumn = timeColumn
    self.successor = successor
  }

  /// The type of a column; nil where the table has no column of exactly that name.
  public func type(of column: String) -> ScalarType? {
    columns.first { $0.name == column }?.type
  }
}
