import Columnar
import KQLFunctions
import Testing

/// Holds that the generated data decode, and the look-ups over them.
struct OfficialSymbolsTests {
  @Test func everySymbolIsDecoded() {
    #expect(OfficialSymbols.functions.count == 429)
    #expect(OfficialSymbols.aggregates.count == 61)
    #expect(OfficialSymbols.plugins.count == 49)
    #expect(OfficialSymbols.operators.count == 55)
  }

  @Test func namesAreUniqueWithinACategoryAndFound() {
    for category in FunctionSymbol.Category.allCases {
      let symbols = OfficialSymbols.symbols(category)
      #expect(Set(symbols.map(\.name)).count == symbols.count)
      #expect(symbols.allSatisfy { $0.category == category && !$0.signatures.isEmpty })
    }
    #expect(OfficialSymbols.function("strlen")?.name == "strlen")
    #expect(OfficialSymbols.aggregate("strlen") == nil)
    #expect(OfficialSymbols.function("Strlen") == nil)
    #expect(OfficialSymbols.plugin("bag_unpack") != nil)
    #expect(OfficialSymbols.operator("HasCs") != nil)
  }

  @Test func obsoleteSymbolsNameWhatReplacesThem() {
    #expect(OfficialSymbols.aggregate("makelist")?.alternatives == ["make_list"])
    let replace = OfficialSymbols.function("replace")
    #expect(replace?.alternatives == ["replace_regex", "replace_string"])
    #expect(OfficialSymbols.function("replace_regex")?.isObsolete == false)
  }

  @Test func signaturesKeepTheirDetails() throws {
    let countof = try #require(OfficialSymbols.function("countof"))
    let kind = try #require(countof.signatures.first?.parameters.last)
    #expect(kind.values == ["normal", "regex"])
    #expect(kind.isOptional && kind.form == .literal && kind.types == [.string])
    let strcat = try #require(OfficialSymbols.function("strcat"))
    #expect(strcat.minimumArgumentCount == 1 && strcat.maximumArgumentCount == 64)
    let extract = try #require(OfficialSymbols.function("extract"))
    #expect(extract.signatures.last?.parameters.last?.acceptsTypeLiteral == true)
    #expect(extract.signatures.last?.returns == .parameterNLiteral)
  }

  @Test func specialNamesAreThere() {
    #expect(SpecialNames.joinKinds.contains("leftanti"))
    #expect(SpecialNames.chartTypes.contains("timechart"))
    #expect(SpecialNames.list("HintStrategies") == ["auto", "broadcast", "centralized", "shuffle"])
    #expect(SpecialNames.list("NoSuchList").isEmpty)
    #expect(SpecialNames.option("notruncation")?.types == [.bool])
    #expect(SpecialNames.option("no_such_option") == nil)
    let used = [
      SpecialNames.chartKinds, SpecialNames.chartProperties, SpecialNames.lookupKinds,
      SpecialNames.unionKinds, SpecialNames.parseKinds, SpecialNames.makeSeriesKinds,
      SpecialNames.expandKinds, SpecialNames.searchKinds, SpecialNames.scanKinds,
      SpecialNames.scanStepOutputs, SpecialNames.graphCycles, SpecialNames.shortestPathOutputs,
      SpecialNames.componentKinds, SpecialNames.operatorParameters, SpecialNames.datePartNames,
      SpecialNames.dateDifferenceParts,
    ]
    #expect(used.allSatisfy { !$0.isEmpty })
  }
}
