import SourceText

/// A file with rows of which a table has no column but that of the time, which may well be of
/// another table.
public struct UnknownColumns: Sendable, Equatable, CustomStringConvertible {
  public let path: String
  /// The columns of the file, in the order in which they came.
  public internal(set) var names: [String]
  /// Those of the table.
  let known: [String]

  /// Names of the time of rows, which most tables have.
  fileprivate static let times: Set<String> = ["Timestamp", "TimeGenerated"]

  /// How many names are told.
  private static let told = 5

  public var description: String {
    let file = path == "-" ? "standard input" : path
    let own = names.prefix(Self.told).map { name in
      let nearest = NearMiss.nearest(to: name, among: known, limit: 1).first
      return "'\(name)'" + (nearest.map { " (\($0)?)" } ?? "")
    }
    return "no column of \(file), its time aside, is one that the table has; it has "
      + Self.list(own, of: names.count) + ", the table "
      + Self.list(known.prefix(Self.told).map { "'\($0)'" }, of: known.count)
      + "; its rows were taken as they are"
  }

  private static func list(_ told: [String], of count: Int) -> String {
    let more = count - told.count
    return told.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}

/// Finds files whose rows have none of a table's columns, as their chunks come.
struct UnknownColumnSearch: Sendable, Equatable {
  private(set) var files: [UnknownColumns] = []
  /// The last file that was seen to have one.
  private var knownPath: String?

  /// Looks at the next chunk.
  ///
  /// - Parameter tenantColumn: the column that names the tenant of each row, which says nothing.
  mutating func look(at chunk: IngestedChunk, tenantColumn: String?) {
    if chunk.rowCount == 0 || chunk.path == knownPath { return }
    let known = chunk.knownNames.filter { !UnknownColumns.times.contains($0) }
    if known.isEmpty { return }
    let isLast = files.last?.path == chunk.path
    let columns = chunk.columns.filter { column in
      column.name != tenantColumn && !UnknownColumns.times.contains(column.name)
    }
    if columns.contains(where: { $0.declaredIndex != nil }) {
      knownPath = chunk.path
      if isLast { files.removeLast() }
      return
    }
    // Rows with a time alone are of any table.
    if columns.isEmpty { return }
    if !isLast {
      files.append(UnknownColumns(path: chunk.path, names: [], known: known))
    }
    let last = files.count - 1
    for name in columns.map(\.name) where !files[last].names.contains(name) {
      files[last].names.append(name)
    }
  }
}
