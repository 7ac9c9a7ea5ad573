public import Columnar

/// The tables that streamed events may name: those of the product and those that a store has.
public struct RoutedTables: Sendable {
  private let environment: SchemaEnvironment
  /// The columns of the store's tables that the product does not know.
  private let stored: [String: [ColumnSchema]]
  /// The names of all of them; to look a schema up builds its columns, which is no work for each
  /// event.
  private let names: Set<String>
  private let namesByLowerName: [String: String]

  public init(
    environment: SchemaEnvironment = .hunting,
    stored: [String: [ColumnSchema]] = [:]
  ) {
    self.environment = environment
    self.stored = stored
    let names = TableSchemas.environment(environment).names + stored.keys.sorted()
    self.names = Set(names)
    namesByLowerName = Dictionary(
      names.map { ($0.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Finds the table of exactly that name, or of that name in other letter case; nil where there
  /// is none.
  func table(_ name: String) -> String? {
    names.contains(name) ? name : namesByLowerName[name.lowercased()]
  }

  /// What is known of a table beforehand.
  func outline(of table: String, tenantColumn: String?) -> TableOutline {
    var request = LoadRequest(table: table, paths: [], environment: environment)
    request.columns = stored[table]
    request.tenantColumn = tenantColumn
    var outline = TableOutline(request)
    outline.isRouted = true
    return outline
  }
}
