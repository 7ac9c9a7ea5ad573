public import SourceText

/// What a store knows of how a row came to be visible.
public enum RowArrival: Sendable {
  /// The time of ingestion.
  case time
  /// The last sequence number of the rows that came with it, as a time of so many ticks.
  case sequence
}

/// Reads a table that the environment knows by name.
public struct TableScan: PlanNode {
  /// The table as the environment calls it.
  public let table: String
  /// The columns to read; their names are those of the table.
  public let columns: [PlanColumn]
  /// Which of the columns are none of the table but tell how each row came to be visible; null
  /// where the rows do not come out of a store.
  public let arrivals: [ColumnID: RowArrival]
  /// Where the query names it.
  public let span: SourceSpan
  /// Whether the query names the table and does not say that it may be missing.
  public let isRequired: Bool

  public init(
    table: String,
    columns: [PlanColumn],
    arrivals: [ColumnID: RowArrival] = [:],
    span: SourceSpan,
    isRequired: Bool = true
  ) {
    self.isRequired = isRequired
    self.table = table
    self.columns = columns
    self.arrivals = arrivals
    self.span = span
  }

  /// The scan of some of the columns.
  func reading(_ columns: [PlanColumn]) -> TableScan {
    TableScan(
      table: table,
      columns: columns,
      arrivals: arrivals,
      span: span,
      isRequired: isRequired
    )
  }

  /// The scan with one more column, which tells how rows came to be visible.
  func telling(_ arrival: RowArrival, in column: PlanColumn) -> TableScan {
    TableScan(
      table: table,
      columns: columns + [column],
      arrivals: arrivals.merging([column.id: arrival]) { $1 },
      span: span,
      isRequired: isRequired
    )
  }

  public var title: String { "scan \(table)" }
}
