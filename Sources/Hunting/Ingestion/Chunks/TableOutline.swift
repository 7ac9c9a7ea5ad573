import Columnar

/// What is known of a table before its files are read.
struct TableOutline: Sendable {
  let table: String
  /// The name of the table if it is a known one.
  let knownTable: String?
  /// The columns that the user stated or that the known table has.
  let declared: [ColumnSchema]
  /// Columns that stand in for one another where a file has only one of them.
  let timeColumns: [String]
  /// The tables that events may name; nil where all go to this one.
  let routes: RoutedTables?
  /// The column that names the tenant of each row; nil where none does.
  let tenantColumn: String?
  /// Whether events that name another table are kept as lines that could not be used, rather
  /// than counted.
  let keepsForeignEvents: Bool
  /// Whether the rows come out of a stream whose events name their tables.
  var isRouted: Bool
  private var indexByName: [String: Int] = [:]
  private var indexByLowerName: [String: Int] = [:]

  init(_ request: LoadRequest) {
    let schemas = TableSchemas.environment(request.environment)
    let known = request.columns == nil ? schemas.lookup(request.table) : nil
    table = request.table
    routes = request.routes
    isRouted = request.routes != nil
    keepsForeignEvents = request.keepsForeignEvents
    tenantColumn = request.tenantColumn
    knownTable = known?.name
    declared = request.columns ?? known?.columns ?? []
    timeColumns = [known?.timeColumn, "Timestamp", "TimeGenerated"].compactMap { $0 }
    for (index, column) in declared.enumerated() {
      indexByName[column.name] = index
      let lowerName = column.name.lowercased()
      if indexByLowerName[lowerName] == nil { indexByLowerName[lowerName] = index }
    }
  }

  /// Finds a declared column by its exact name.
  func column(named name: String) -> Int? { indexByName[name] }

  /// Finds a declared column by its name in any letter case.
  func column(folding name: String) -> Int? { indexByLowerName[name.lowercased()] }

  /// A name without the zone that the Log Analytics export adds (`TimeGenerated [UTC]`).
  static func withoutZone(_ name: String) -> String? {
    name.hasSuffix(" [UTC]") ? String(name.dropLast(6)) : nil
  }
}
