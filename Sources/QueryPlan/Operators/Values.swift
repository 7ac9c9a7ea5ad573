public import Columnar

/// Literal rows: `datatable`, and the single row behind `print`.
public struct Values: PlanNode {
  public let columns: [PlanColumn]
  /// One scalar a column in each row.
  public let rows: [[Scalar]]

  public init(
    columns: [PlanColumn],
    rows: [[Scalar]]
  ) {
    self.columns = columns
    self.rows = rows
  }

  public var title: String { "values \(rows.count)" }
}
