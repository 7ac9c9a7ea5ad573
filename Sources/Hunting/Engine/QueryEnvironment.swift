public import Columnar
public import Execution
public import KQLBinding
import QueryPlan

/// The names and the rows that one query can reach.
public struct QueryEnvironment: BindingEnvironment, TableProvider {
  /// Tables known by schema, with or without rows.
  private let schemas: TableSchemas
  /// Tables with rows, by name.
  private let loaded: [String: ColumnTable]
  /// Tables whose rows lie in segments, by name.
  private let stored: [String: StoredTable]
  /// What staged plugins came to, by the key of their place.
  private var stages: [String: StageTable] = [:]
  private let functions: [String: EnvironmentFunction]
  private let reachesLoadedOnly: Bool
  private let tenantColumns: TenantColumns?
  private let external: @Sendable (ExternalDataRequest) throws -> ColumnTable

  private struct StageTable: Sendable {
    let resolution: StageResolution
    let table: ColumnTable
  }

  init(
    schemas: TableSchemas,
    loaded: [String: ColumnTable],
    stored: [String: StoredTable],
    functions: [EnvironmentFunction],
    reachesLoadedOnly: Bool,
    tenantColumns: TenantColumns?,
    external: @escaping @Sendable (ExternalDataRequest) throws -> ColumnTable
  ) {
    self.schemas = schemas
    self.loaded = loaded
    self.stored = stored
    self.reachesLoadedOnly = reachesLoadedOnly
    self.functions = Dictionary(
      functions.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    self.tenantColumns = tenantColumns
    self.external = external
  }

  public var constants: [String: Scalar] { tenantColumns?.constants ?? [:] }

  public func table(named name: String) -> EnvironmentTable? {
    if let schema = schema(of: name) {
      return EnvironmentTable(name: name, columns: schema.columns)
    }
    if let data = HuntingFunctions.tables[name] {
      return EnvironmentTable(name: name, columns: data.columns)
    }
    return schemas.lookup(name).map { table in
      let further = tenantColumns?.columns(beside: table.columns) ?? []
      return EnvironmentTable(name: name, columns: table.columns + further)
    }
  }

  public func watchlist(named alias: String) -> EnvironmentTable? {
    let name = Self.watchlistTable(alias)
    guard let schema = schema(of: name) else {
      return EnvironmentTable(name: name, columns: Self.watchlistColumns, isOpen: true)
    }
    return EnvironmentTable(name: name, columns: schema.columns)
  }

  /// What the table of a watchlist is called.
  static func watchlistTable(_ alias: String) -> String { watchlistPrefix + alias }

  static let watchlistPrefix = "_GetWatchlist "

  /// Columns that every watchlist has.
  private static let watchlistColumns = [
    ColumnSchema("SearchKey", .string), ColumnSchema("_DTItemId", .string),
    ColumnSchema("_DTItemStatus", .string), ColumnSchema("_DTItemType", .string),
    ColumnSchema("LastUpdatedTimeUTC", .datetime),
  ]

  /// Tables with rows first; when a query runs, wildcards and `search` reach no others.
  public var tableNames: [String] {
    let present = Set(loaded.keys).union(stored.keys).sorted().filter {
      HuntingFunctions.tables[$0] == nil && !$0.hasPrefix(Self.watchlistPrefix)
    }
    return reachesLoadedOnly ? present : present + schemas.names.filter { !isLoaded($0) }
  }

  public func function(named name: String) -> EnvironmentFunction? { functions[name] }

  public var functionNames: [String] { functions.keys.sorted() }

  public func resolution(ofStage key: String) -> StageResolution? { stages[key]?.resolution }

  public func table(named name: String) throws -> ColumnTable? {
    if let stage = stages.values.first(where: { $0.resolution.table == name }) {
      return stage.table
    }
    return loaded[name]
  }

  public func externalData(_ request: ExternalDataRequest) throws -> ColumnTable {
    try external(request)
  }

  public func storedTable(named name: String) -> StoredTable? {
    loaded[name] == nil ? stored[name] : nil
  }

  /// Whether the table has rows at hand.
  func isLoaded(_ name: String) -> Bool { schema(of: name) != nil }

  /// The columns of a table with rows; one in memory stands before one in a store.
  private func schema(of name: String) -> Schema? {
    loaded[name]?.schema ?? stored[name]?.schema
  }

  /// Keeps what a staged plugin came to, for the next binding.
  mutating func resolve(stage key: String, to result: StagedResult) {
    let handle = Staged.handle(stages.count)
    stages[key] = StageTable(
      resolution: StageResolution(
        table: handle,
        columns: result.table.schema.columns,
        members: result.members
      ),
      table: result.table
    )
  }
}
