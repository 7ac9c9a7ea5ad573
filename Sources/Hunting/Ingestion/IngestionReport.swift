public import Columnar

/// A line, or a record of several lines, that could not be used.
public struct BadLine: Sendable, Equatable, CustomStringConvertible {
  public let path: String
  /// The line where the record begins, from 1.
  public let line: Int
  public let reason: String

  public var description: String {
    "\(path == "-" ? "standard input" : path):\(line): \(reason)"
  }
}

/// Cells of one column that do not fit its type and became null.
public struct CellProblem: Sendable, Equatable, CustomStringConvertible {
  public let column: ColumnSchema
  public internal(set) var count: Int
  /// The first of them, cut to a readable length.
  public let example: String
  public let path: String
  public let line: Int

  public var description: String {
    let cells = count == 1 ? "1 cell is" : "\(count) cells are"
    let file = path == "-" ? "standard input" : path
    return "column '\(column.name)': \(cells) not \(column.type.name) and became null; "
      + "first '\(example)' at \(file):\(line)"
  }
}

/// What became of the lines of the files of a table.
public struct IngestionReport: Sendable, Equatable {
  public let table: String
  /// Rows that the table has now.
  public internal(set) var rowCount = 0
  /// Lines that could not be used, all of them counted and the first of them described.
  public internal(set) var badLineCount = 0
  public internal(set) var badLines: [BadLine] = []
  public internal(set) var cellProblems: [CellProblem] = []
  /// Streamed events of other tables, which were passed over.
  public internal(set) var foreignEventCount = 0
  /// Byte sequences that were no UTF-8, each replaced by U+FFFD.
  public internal(set) var replacedSequenceCount = 0
  /// Finds files of which the table has no column.
  private var unknownColumns = UnknownColumnSearch()
  /// Columns of the files that the schema did not have, with their inferred types.
  public internal(set) var addedColumns: [ColumnSchema] = []

  init(table: String) { self.table = table }

  /// How many files of which the table has no column are told.
  private static let toldFiles = 5

  /// One line for each thing that a user should know; empty where all went well.
  public var messages: [String] {
    var lines = badLines.map { "bad line: \($0)" }
    if badLineCount > badLines.count {
      lines.append("and \(badLineCount - badLines.count) more bad lines")
    }
    lines += unknownColumns.files.prefix(Self.toldFiles).map(\.description)
    if unknownColumns.files.count > Self.toldFiles {
      lines.append("and \(unknownColumns.files.count - Self.toldFiles) more such files")
    }
    lines += cellProblems.map(\.description)
    if foreignEventCount > 0 {
      lines.append("\(foreignEventCount) events of other tables were passed over")
    }
    if replacedSequenceCount > 0 {
      lines.append("\(replacedSequenceCount) bytes that are not UTF-8 were replaced by U+FFFD")
    }
    return lines
  }

  /// Counts what a chunk could not use, and describes the first `limit` lines of it.
  mutating func addRejections(of chunk: IngestedChunk, describing limit: Int) {
    foreignEventCount += chunk.foreignEventCount
    replacedSequenceCount += chunk.replacedSequenceCount
    badLineCount += chunk.rejectedLines.count
    let room = max(0, limit - badLines.count)
    badLines += chunk.rejectedLines.prefix(room).map {
      BadLine(path: chunk.path, line: $0.line, reason: $0.reason)
    }
  }

  /// Notes whether the table has a column of the rows of a chunk.
  ///
  /// - Parameter tenantColumn: the column that names the tenant of each row, which says nothing.
  mutating func addColumns(of chunk: IngestedChunk, tenantColumn: String?) {
    unknownColumns.look(at: chunk, tenantColumn: tenantColumn)
  }

  /// Counts the cells of a chunk that became null.
  mutating func addCellProblems(of chunk: IngestedChunk) {
    for problem in chunk.cellProblems {
      if let known = cellProblems.firstIndex(where: { $0.column == problem.column }) {
        cellProblems[known].count += problem.count
      } else {
        cellProblems.append(problem)
      }
    }
  }
}
