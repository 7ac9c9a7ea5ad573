public import Columnar
public import Execution
public import KQLBinding

/// The names and the rows that one query can reach.
public struct QueryEnvironment: BindingEnvironment, TableProvider {
  /// Tables known by schema, with or without rows.
  private let schemas: TableSchemas
  /// Tables with rows, by name.
  private let loaded: [String: ColumnTable]
  /// What staged plugins came to, by the key of their place.
  private var stages: [String: StageTable] = [:]
  private let functions: [String: EnvironmentFunction]
  private let reachesLoadedOnly: Bool
  private let external: @Sendable (ExternalDataRequest) throws -> ColumnTable

  private struct StageTable: Sendable {
    let resolution: StageResolution
    let table: ColumnTable
  }

  init(
    schemas: TableSchemas,
    loaded: [String: ColumnTable],
    functions: [EnvironmentFunction],
    reachesLoadedOnly: Bool,
    external: @escaping @Sendable (ExternalDataRequest) throws -> ColumnTable
  ) {
    self.schemas = schemas
    self.loaded = loaded
    self.reachesLoadedOnly = reachesLoadedOnly
    self.functions = Dictionary(
      functions.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    self.external = external
  }

  public func table(named name: String) -> EnvironmentTable? {
    if let table = loaded[name] {
      return EnvironmentTable(name: name, columns: table.schema.columns)
    }
    return schemas.lookup(name).map { EnvironmentTable(name: name, columns: $0.columns) }
  }

  /// Tables with rows first; when a query runs, wildcards and `search` reach no others.
  public var tableNames: [String] {
    let present = loaded.keys.sorted()
    return reachesLoadedOnly ? present : present + schemas.names.filter { loaded[$0] == nil }
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

  /// Whether the table has rows at hand.
  func isLoaded(_ name: String) -> Bool { loaded[name] != nil }

  /// Keeps what a staged plugin came to, for the next binding.
  mutating func resolve(stage key: String, to table: ColumnTable) {
    let handle = "$stage\(stages.count)"
    stages[key] = StageTable(
      resolution: StageResolution(table: handle, columns: table.schema.columns),
      table: table
    )
  }
}
