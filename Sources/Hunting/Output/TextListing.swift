import Columnar
public import Execution

/// Rows of texts to print.
public enum TextListing {
  /// Makes rows of cells that are in the order of the columns.
  public static func rows(_ columns: [String], _ rows: [[String]]) -> QueryResult {
    let schema = Schema(columns.map { ColumnSchema($0, .string) })
    return StoreListing.rows(schema, rows) { cells in cells.map { .string(ByteString($0)) } }
  }
}
