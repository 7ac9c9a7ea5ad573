/// Resolves names to what the binder knows of them: the declared functions first, then names of
/// the official binder that only bind here.
///
/// Declarations and generated data share no name; a test holds both against the official file.
public enum SymbolCatalog {
  public static func function(_ name: String) -> FunctionSymbol? { functionTable[name] }
  public static func aggregate(_ name: String) -> FunctionSymbol? { aggregateTable[name] }
  public static func plugin(_ name: String) -> FunctionSymbol? { pluginTable[name] }
  /// The operator of an official name, such as `Add`, `HasCs` or `UnaryMinus`.
  public static func `operator`(_ name: String) -> FunctionSymbol? { operatorTable[name] }

  /// The symbols of a category, in the order of their names.
  public static func symbols(_ category: FunctionSymbol.Category) -> [FunctionSymbol] {
    table(category).symbols
  }

  /// Names that a declared function of a category has.
  public static func declaredNames(_ category: FunctionSymbol.Category) -> [String] {
    table(category).declaredNames
  }

  /// Names of a category that only bind.
  public static func boundNames(_ category: FunctionSymbol.Category) -> [String] {
    table(category).boundNames
  }

  private static let functionTable = SymbolTable(
    .function,
    declared: [FunctionCatalog.scalarFunctions, FunctionCatalog.windowFunctions],
    bound: [EngineSymbolData.functions, FunctionSymbolData.text]
  )
  private static let aggregateTable = SymbolTable(
    .aggregate,
    declared: [FunctionCatalog.aggregateFunctions],
    bound: [AggregateSymbolData.text]
  )
  private static let pluginTable = SymbolTable(
    .plugin,
    bound: [EngineSymbolData.plugins, PluginSymbolData.text]
  )
  private static let operatorTable = SymbolTable(
    .operator,
    declared: [FunctionCatalog.scalarFunctions],
    bound: [OperatorSymbolData.text]
  )

  private static func table(_ category: FunctionSymbol.Category) -> SymbolTable {
    switch category {
    case .function: functionTable
    case .aggregate: aggregateTable
    case .plugin: pluginTable
    case .operator: operatorTable
    }
  }
}
