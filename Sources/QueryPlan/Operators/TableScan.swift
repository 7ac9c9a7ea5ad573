public import SourceText

/// Reads a table that the environment knows by name.
public struct TableScan: PlanNode {
  /// The table as the environment calls it.
  public let table: String
  /// The columns to read; their names are those of the table.
  public let columns: [PlanColumn]
  /// Where the query names it.
  public let span: SourceSpan

  public init(
    table: String,
    columns: [PlanColumn],
    span: SourceSpan
  ) {
    self.table = table
    self.columns = columns
    self.span = span
  }

  public var title: String { "scan \(table)" }
}
