import Columnar
import Execution

/// The results of a text as a text file: columns with types, then one JSON array a row.
///
/// ```
/// # harrier snapshot 1
/// # result 1
/// Name:string, Count:long
/// ["cmd.exe",3]
/// ```
/// What is no JSON number is a string: times, timespans, guids, and the reals NaN and infinity.
public struct Snapshot: Sendable, Equatable {
  /// A line without its end; compared by bytes.
  typealias Line = [UInt8]

  /// A result: its columns and rows, each a line.
  struct Table: Sendable, Equatable {
    let columns: Line
    var rows: [Line]
  }

  var tables: [Table]

  /// The first line of every snapshot.
  private static let mark = "# harrier snapshot 1"
  private static let tableMark = "# result "
  /// The most bytes of a snapshot.
  public static let limitBytes = 64 << 20

  /// Says why a result or a file is no snapshot.
  struct Failure: Error, Equatable {
    let message: String
  }

  /// Takes the results of an answer; with `sorted` the rows are put in order of their bytes.
  init(_ results: [QueryResult], sorted: Bool) throws {
    var bytes = 0
    tables = try results.map { result in
      var rows: [Line] = []
      try result.forEachBatch { batch in
        let cells = JSONCells(batch)
        for row in 0..<batch.count {
          rows.append(Self.line(cells, row, batch.columns.count))
          bytes += (rows.last?.count ?? 0) + 1
        }
        if bytes > Self.limitBytes {
          throw Failure(
            message: "the results are larger than the \(Self.limitBytes >> 20) MiB of a snapshot; "
              + "summarize them, or take fewer rows"
          )
        }
      }
      let columns = result.schema.columns.map(Self.column).joined(separator: ", ")
      return Table(columns: Line(columns.utf8), rows: rows)
    }
    if sorted { sortRows() }
  }

  /// Reads a file; throws ``Failure`` where it is damaged.
  init(file: [UInt8]) throws(Failure) {
    let ends = file.split(separator: 0x0A, omittingEmptySubsequences: false)
    var lines = ends.map { Line($0.last == 0x0D ? $0.dropLast() : $0) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.first == Line(Self.mark.utf8) else {
      throw Failure(message: "its first line is not '\(Self.mark)'")
    }
    tables = []
    var index = 1
    while index < lines.count {
      let head = "\(Self.tableMark)\(tables.count + 1)"
      guard lines[index] == Line(head.utf8), index + 1 < lines.count else {
        throw Failure(message: "line \(index + 1) is not '\(head)' with columns below")
      }
      var table = Table(columns: lines[index + 1], rows: [])
      index += 2
      while index < lines.count, lines[index].first != UInt8(ascii: "#") {
        guard Self.isRow(lines[index]) else {
          throw Failure(message: "line \(index + 1) is no row: it is no JSON array")
        }
        table.rows.append(lines[index])
        index += 1
      }
      tables.append(table)
    }
  }

  /// The file.
  var bytes: [UInt8] {
    var sink = ByteSink(capacity: 4096)
    sink.append(text: Self.mark + "\n")
    for (index, table) in tables.enumerated() {
      sink.append(text: "\(Self.tableMark)\(index + 1)\n")
      for line in [table.columns] + table.rows {
        sink.append(line)
        sink.append("\n")
      }
    }
    return sink.array()
  }

  /// Puts the rows of each result in the order of their bytes.
  mutating func sortRows() {
    for index in tables.indices {
      tables[index].rows.sort { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// Whether a line is a JSON array.
  private static func isRow(_ line: Line) -> Bool {
    guard line.first == UInt8(ascii: "[") else { return false }
    var writer = DynamicWriter(capacity: line.count)
    return line.withUnsafeBufferPointer { JSONParser.parse($0, into: &writer) }
  }

  private static func line(_ cells: JSONCells, _ row: Int, _ columns: Int) -> Line {
    var sink = ByteSink(capacity: 256)
    sink.append("[")
    for column in 0..<columns {
      if column > 0 { sink.append(",") }
      cells.append(row, column, to: &sink)
    }
    sink.append("]")
    return sink.array()
  }

  /// A column with its type; a name that is no identifier as a JSON string.
  private static func column(_ column: ColumnSchema) -> String {
    let isPlain =
      !column.name.isEmpty
      && column.name.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
          || byte == 95
      }
    if isPlain { return "\(column.name):\(column.type.name)" }
    var sink = ByteSink(capacity: 64)
    JSONText.append(column.name, to: &sink)
    return "\(sink.text()):\(column.type.name)"
  }
}
