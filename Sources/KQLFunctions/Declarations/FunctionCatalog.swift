/// Finds declared functions by name.
public enum FunctionCatalog {
  /// Every declared scalar function and operator, by family.
  public static let scalarFunctions: [ScalarFunction] = [
    // One line a family: `ScalarFunction.<family>Family`.
    ScalarFunction.arithmeticFamily,
    ScalarFunction.comparisonFamily,
    ScalarFunction.logicFamily,
    ScalarFunction.conditionalFamily,
    ScalarFunction.betweenFamily,
    ScalarFunction.membershipFamily,
    ScalarFunction.termListFamily,
    ScalarFunction.textMatchingFamily,
    ScalarFunction.textMeasureFamily,
    ScalarFunction.textCaseFamily,
    ScalarFunction.substringFamily,
    ScalarFunction.concatenationFamily,
    ScalarFunction.replacementFamily,
    ScalarFunction.codePointFamily,
    ScalarFunction.byteFormatFamily,
    ScalarFunction.patternFamily,
    ScalarFunction.patternExtractionFamily,
    ScalarFunction.patternReplacementFamily,
    ScalarFunction.base64Family,
    ScalarFunction.urlEncodingFamily,
    ScalarFunction.punycodeFamily,
    ScalarFunction.hashFamily,
    ScalarFunction.digestFamily,
    ScalarFunction.urlParsingFamily,
    ScalarFunction.pathParsingFamily,
    ScalarFunction.commandLineFamily,
    ScalarFunction.jsonExtractionFamily,
    ScalarFunction.xmlFamily,
    ScalarFunction.assertionFamily,
    ScalarFunction.decompressionFamily,
    ScalarFunction.compressionFamily,
    ScalarFunction.ipv4Family,
    ScalarFunction.ipv4FormattingFamily,
    ScalarFunction.ipv6Family,
    ScalarFunction.addressRangeFamily,
    ScalarFunction.addressSearchFamily,
    ScalarFunction.accessFamily,
    ScalarFunction.arrayPartFamily,
    ScalarFunction.arrayValueFamily,
    ScalarFunction.arraySortFamily,
    ScalarFunction.rangeFamily,
    ScalarFunction.setFamily,
    ScalarFunction.bagFamily,
    ScalarFunction.numberConversionFamily,
    ScalarFunction.timeConversionFamily,
    ScalarFunction.textConversionFamily,
    ScalarFunction.jsonConversionFamily,
    ScalarFunction.calendarFieldFamily,
    ScalarFunction.calendarPeriodFamily,
    ScalarFunction.datePartFamily,
    ScalarFunction.clockFamily,
    ScalarFunction.timeFormatFamily,
    ScalarFunction.timeMakingFamily,
    ScalarFunction.localTimeFamily,
    ScalarFunction.realFamily,
    ScalarFunction.partialRealFamily,
    ScalarFunction.numberFamily,
    ScalarFunction.binFamily,
    ScalarFunction.bitFamily,
    ScalarFunction.betaFamily,
    ScalarFunction.meanTestFamily,
    ScalarFunction.sketchFamily,
    ScalarFunction.randomFamily,
    ScalarFunction.unitFamily,
    ScalarFunction.sizeFamily,
    ScalarFunction.quantileDigestFamily,
  ].flatMap { (family: [ScalarFunction]) in family }

  /// Every declared aggregate, by family.
  public static let aggregateFunctions: [AggregateFunction] = [
    // One line a family: `AggregateFunction.<family>Family`.
    AggregateFunction.countFamily,
    AggregateFunction.sumFamily,
    AggregateFunction.extremeFamily,
    AggregateFunction.rowFamily,
    AggregateFunction.distinctFamily,
    AggregateFunction.collectionFamily,
    AggregateFunction.statisticFamily,
    AggregateFunction.covarianceFamily,
    AggregateFunction.percentileFamily,
    AggregateFunction.sketchFamily,
    AggregateFunction.digestFamily,
  ].flatMap { (family: [AggregateFunction]) in family }

  /// Everything that queries can call: functions, window functions, aggregates.
  public static var callable: [any FunctionDeclaration] {
    let kinds: [[any FunctionDeclaration]] = [scalarFunctions, windowFunctions, aggregateFunctions]
    return kinds.joined().filter { $0.category != .operator }
  }

  /// The scalar function or operator of a name or alias.
  public static func scalar(_ name: String) -> ScalarFunction? { scalarsByName[name] }

  /// The aggregate of a name or alias.
  public static func aggregate(_ name: String) -> AggregateFunction? { aggregatesByName[name] }

  private static let scalarsByName: [String: ScalarFunction] = {
    var found: [String: ScalarFunction] = [:]
    for function in scalarFunctions {
      for name in [function.name] + function.aliases.map(\.name) { found[name] = function }
    }
    return found
  }()

  private static let aggregatesByName: [String: AggregateFunction] = {
    var found: [String: AggregateFunction] = [:]
    for function in aggregateFunctions {
      for name in [function.name] + function.aliases.map(\.name) { found[name] = function }
    }
    return found
  }()
}
