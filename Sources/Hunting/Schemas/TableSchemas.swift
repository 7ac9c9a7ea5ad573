import Columnar
import SourceText

/// The known tables of one environment.
///
/// Cheap to copy. The schemas are part of the program; a table's columns are read when asked for.
public struct TableSchemas: Sendable {
  public let environment: SchemaEnvironment
  /// The names of all tables, sorted by their bytes.
  public let names: [String]

  private static let hunting = TableSchemas(.hunting)
  private static let xdr = TableSchemas(.xdr)
  private static let sentinel = TableSchemas(.sentinel)

  /// The tables of `environment`.
  public static func environment(_ environment: SchemaEnvironment) -> TableSchemas {
    switch environment {
    case .hunting: hunting
    case .xdr: xdr
    case .sentinel: sentinel
    }
  }

  private init(_ environment: SchemaEnvironment) {
    self.environment = environment
    let reader = SchemaReader.shared
    let found =
      switch environment {
      case .hunting: Set(reader.xdr.entries.keys).union(reader.sentinel.entries.keys)
      case .xdr: Set(reader.xdr.entries.keys)
      case .sentinel: Set(reader.sentinel.entries.keys)
      }
    names = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Finds the table of exactly that name.
  public func lookup(_ name: String) -> TableSchema? {
    let reader = SchemaReader.shared
    let xdr = environment == .sentinel ? nil : reader.xdr.entries[name]
    let sentinel = environment == .xdr ? nil : reader.sentinel.entries[name]
    let declared = xdr.map { reader.columns(of: $0, in: reader.xdr) }
    let streamed = sentinel.map { reader.columns(of: $0, in: reader.sentinel) }
    if let declared, environment == .hunting {
      return TableSchema(
        name: name,
        columns: Self.union(declared, streamed ?? []),
        timeColumn: xdr?.timeColumn,
        successor: xdr?.successor
      )
    }
    guard let columns = declared ?? streamed else { return nil }
    let hasTimeGenerated = columns.contains { $0.name == "TimeGenerated" }
    return TableSchema(
      name: name,
      columns: columns,
      timeColumn: xdr?.timeColumn ?? (xdr == nil && hasTimeGenerated ? "TimeGenerated" : nil),
      successor: xdr?.successor
    )
  }

  /// Whether Defender XDR declares the table.
  public func isXDR(_ name: String) -> Bool {
    environment != .sentinel && SchemaReader.shared.xdr.entries[name] != nil
  }

  /// Whether Sentinel declares the table.
  public func isSentinel(_ name: String) -> Bool {
    environment != .xdr && SchemaReader.shared.sentinel.entries[name] != nil
  }

  /// The table that took the place of one that is gone or deprecated.
  public func successor(of name: String) -> String? {
    SchemaText.removedTables[name] ?? SchemaReader.shared.xdr.entries[name]?.successor
  }

  /// The present name of a column that had another name in older versions of `table`.
  public func renamedColumn(_ column: String, in table: String) -> String? {
    SchemaText.renamedColumns.first { $0.table == table && $0.oldName == column }?.newName
  }

  /// The known names that look most like `name`, best first.
  public func nearestNames(to name: String, limit: Int = 3) -> [String] {
    NearMiss.nearest(to: name, among: names, limit: limit)
  }

  /// Joins both declarations of an XDR table, so that queries of either world bind.
  ///
  /// The XDR order comes first; a column that Log Analytics declares dynamic is dynamic; both
  /// time columns are there.
  private static func union(
    _ declared: [ColumnSchema],
    _ streamed: [ColumnSchema]
  ) -> [ColumnSchema] {
    let dynamic = Set(streamed.filter { $0.type == .dynamic }.map(\.name))
    var columns = declared.map {
      dynamic.contains($0.name) ? ColumnSchema($0.name, .dynamic) : $0
    }
    var present = Set(columns.map(\.name))
    let times = ["Timestamp", "TimeGenerated"].map { ColumnSchema($0, .datetime) }
    for column in streamed + times where present.insert(column.name).inserted {
      columns.append(column)
    }
    return columns
  }
}
