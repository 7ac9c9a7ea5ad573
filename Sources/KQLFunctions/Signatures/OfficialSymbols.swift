/// Finds the symbols of the official binder by category and name; decoded on first use.
public enum OfficialSymbols {
  public static let functions = SymbolDecoder.decode(
    FunctionSymbolData1.text + "\n" + FunctionSymbolData2.text,
    .function
  )
  public static let aggregates = SymbolDecoder.decode(AggregateSymbolData.text, .aggregate)
  public static let plugins = SymbolDecoder.decode(PluginSymbolData.text, .plugin)
  public static let operators = SymbolDecoder.decode(OperatorSymbolData.text, .operator)

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

  private static func byName(_ symbols: [FunctionSymbol]) -> [String: FunctionSymbol] {
    Dictionary(symbols.map { ($0.name, $0) }) { first, _ in first }
  }
}
