public import Execution
public import Columnar

/// The forms in which a result is written.
public enum ResultFormat: String, Sendable, CaseIterable {
  /// Columns aligned for people, cut to the terminal's width.
  case table
  /// One JSON array of objects.
  case json
  /// One JSON object a line.
  case ndjson
  case csv
  case tsv
  /// A Markdown table.
  case markdown
}

/// Writes results.
public struct ResultWriter {
  private let format: ResultFormat
  /// Cells of a line of a table; nil for no limit.
  private let width: Int?

  public init(format: ResultFormat, width: Int? = nil) {
    self.format = format
    self.width = width
  }

  /// Lines of a table above its rows.
  public static let tableHeadLines = 2

  /// Cells of a line of a table that is cut as much as can be.
  public static func leastTableWidth(columns: Int) -> Int {
    TableFormat.leastWidth(columns: columns)
  }

  /// Writes a whole result piece by piece to a receiver of bytes.
  public func write(
    _ result: QueryResult,
    to receive: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    switch format {
    case .table: try TableFormat(result, width: width).write(to: receive)
    case .json: try JSONFormat(result).writeArray(to: receive)
    case .ndjson: try JSONFormat(result).writeLines(to: receive)
    case .csv: try DelimitedFormat(result, isTabs: false).write(to: receive)
    case .tsv: try DelimitedFormat(result, isTabs: true).write(to: receive)
    case .markdown: try MarkdownFormat(result).write(to: receive)
    }
  }
}

extension QueryResult {
  /// Calls the body with the values of each row.
  public func forEachRow(_ body: ([Scalar]) throws -> Void) throws {
    try forEachBatch { batch in
      for row in 0..<batch.count {
        try body(batch.columns.map { $0.scalar(at: row) })
      }
    }
  }
}
