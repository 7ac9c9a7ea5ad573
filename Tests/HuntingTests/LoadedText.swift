import Columnar
import FileAccess
import Hunting

/// Loads texts as files and shows tables in a form that is easy to compare.
enum LoadedText {
  /// Loads one text as a file.
  static func load(
    _ text: String,
    table: String = "T",
    path: String = "f",
    columns: [ColumnSchema]? = nil,
    longestRead: Int = .max,
    limits: LoadLimits = LoadLimits()
  ) throws -> (table: ColumnTable, report: IngestionReport) {
    try load(
      bytes: Array(text.utf8),
      table: table,
      path: path,
      columns: columns,
      longestRead: longestRead,
      limits: limits
    )
  }

  /// Loads bytes as a file.
  static func load(
    bytes: [UInt8],
    table: String = "T",
    path: String = "f",
    columns: [ColumnSchema]? = nil,
    longestRead: Int = .max,
    limits: LoadLimits = LoadLimits()
  ) throws -> (table: ColumnTable, report: IngestionReport) {
    let files = SimulatedFileSystem([path: bytes], longestRead: longestRead)
    let loader = TableLoader(
      files: files,
      randomness: SeededRandomness(seed: 7),
      limits: limits
    )
    return try loader.load(LoadRequest(table: table, paths: [path], columns: columns))
  }

  /// The names and types of the columns, as `a:long b:string`.
  static func schema(_ table: ColumnTable) -> String {
    table.schema.columns.map { "\($0.name):\($0.type.name)" }.joined(separator: " ")
  }

  /// The rows, cells between `|`; a null is `∅`.
  static func rows(_ table: ColumnTable, _ names: [String]? = nil) -> [String] {
    let indices =
      names.map { $0.compactMap { table.schema.index(of: $0) } }
      ?? Array(table.schema.columns.indices)
    let batch = table.combined()
    return (0..<batch.count).map { row in
      indices.map { text(batch.columns[$0].scalar(at: row)) }.joined(separator: "|")
    }
  }

  private static func text(_ scalar: Scalar) -> String {
    var sink = ByteSink()
    switch scalar {
    case .null: return "∅"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .long(let value): return String(value)
    case .real(let value): return String(value)
    case .decimal(let value): sink.append(decimal: value)
    case .string(let value): return value.text
    case .datetime(let value): sink.append(datetime: value)
    case .timespan(let value): sink.append(timespan: value)
    case .guid(let value): sink.append(guid: value)
    case .dynamic(let value):
      return value.withView { view in
        var json = ByteSink()
        view.writeJSON(into: &json)
        return json.text()
      }
    }
    return sink.text()
  }
}
