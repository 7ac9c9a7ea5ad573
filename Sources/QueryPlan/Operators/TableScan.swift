public import SourceText

/// Reads a table that the environment knows by name.
public struct TableScan: PlanNode {
  /// The table as the environment calls it.
  public let table: String
  /// The columns to read; their names are those of the table.
  public let columns: [PlanColumn]
  /// Which of the columns is no column of the table but the time of each row's ingestion; null
  /// where the rows do not come out of a store.
  public let ingestionTime: ColumnID?
  /// Which of the columns is no column of the table but tells the order in which rows became
  /// visible: the last sequence number of the rows that came with a row, as a time of so many
  /// ticks.
  public let sequence: ColumnID?
  /// Where the query names it.
  public let span: SourceSpan

  public init(
    table: String,
    columns: [PlanColumn],
    ingestionTime: ColumnID? = nil,
    sequence: ColumnID? = nil,
    span: SourceSpan
  ) {
    self.table = table
    self.columns = columns
    self.ingestionTime = ingestionTime
    self.sequence = sequence
    self.span = span
  }

  /// Whether a column is none of the table's.
  public func isHidden(_ column: PlanColumn) -> Bool {
    column.id == ingestionTime || column.id == sequence
  }

  /// The scan of some of the columns.
  func reading(_ columns: [PlanColumn]) -> TableScan {
    TableScan(
      table: table,
      columns: columns,
      ingestionTime: ingestionTime,
      sequence: sequence,
      span: span
    )
  }

  public var title: String { "scan \(table)" }
}
