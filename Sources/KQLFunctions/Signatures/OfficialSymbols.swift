/// Finds the symbols of the official binder by category and name, with what the engine does
/// differently; decoded on first use.
public enum OfficialSymbols {
  public static let functions = decode(
    FunctionSymbolData1.text + "\n" + FunctionSymbolData2.text,
    EngineSymbolData.functions,
    .function
  )
  public static let aggregates = decode(
    AggregateSymbolData.text,
    EngineSymbolData.aggregates,
    .aggregate
  )
  public static let plugins = decode(PluginSymbolData.text, EngineSymbolData.plugins, .plugin)
  public static let operators = decode(OperatorSymbolData.text, "", .operator)

  public static func function(_ name: String) -> FunctionSymbol? { functionsByName[name] }
  public static func aggregate(_ name: String) -> FunctionSymbol? { aggregatesByName[name] }
  public static func plugin(_ name: String) -> FunctionSymbol? { pluginsByName[name] }
  /// The operator of an official name, such as `Add`, `HasCs` or `UnaryMinus`.
  public static func `operator`(_ name: String) -> FunctionSymbol? { operatorsByName[name] }

  /// The symbols of a category, in the order of their names.
  public static func symbols(_ category: FunctionSymbol.Category) -> [FunctionSymbol] {
    switch category {
    case .function: functions
    case .aggregate: aggregates
    case .plugin: plugins
    case .operator: operators
    }
  }

  private static let functionsByName = byName(functions)
  private static let aggregatesByName = byName(aggregates)
  private static let pluginsByName = byName(plugins)
  private static let operatorsByName = byName(operators)

  /// Decodes the official symbols of a category and puts the engine's in place of theirs.
  private static func decode(
    _ official: String,
    _ engine: String,
    _ category: FunctionSymbol.Category
  ) -> [FunctionSymbol] {
    let amended = SymbolDecoder.decode(engine, category)
    let names = Set(amended.map(\.name))
    let others = SymbolDecoder.decode(official, category).filter { !names.contains($0.name) }
    return (others + amended).sorted { $0.name < $1.name }
  }

  private static func byName(_ symbols: [FunctionSymbol]) -> [String: FunctionSymbol] {
    Dictionary(symbols.map { ($0.name, $0) }) { first, _ in first }
  }
}
