import Columnar
import KQLFunctions
import Testing

/// Holds that declarations and generated data decode, and the look-ups over them.
struct SymbolCatalogTests {
  @Test func everySymbolIsDecoded() {
    #expect(SymbolCatalog.symbols(.function).count == 429)
    #expect(SymbolCatalog.symbols(.aggregate).count == 61)
    #expect(SymbolCatalog.symbols(.plugin).count == 49)
    // The official ones, and two that only bound plans name.
    #expect(SymbolCatalog.symbols(.operator).count == 57)
  }

  @Test(arguments: FunctionSymbol.Category.allCases)
  func everySignatureCanBeRead(category: FunctionSymbol.Category) {
    let names = SymbolCatalog.declaredNames(category) + SymbolCatalog.boundNames(category)
    let known = Set(SymbolCatalog.symbols(category).map(\.name))
    for name in names where !known.contains(name) {
      Issue.record("the signature of \(name) cannot be read")
    }
  }

  @Test(arguments: FunctionSymbol.Category.allCases)
  func noNameIsBothDeclaredAndGenerated(category: FunctionSymbol.Category) {
    let declared = Set(SymbolCatalog.declaredNames(category))
    let both = declared.intersection(SymbolCatalog.boundNames(category)).sorted()
    #expect(both.isEmpty, "run generate.py anew: \(both) are declared")
  }

  @Test func aliasesKeepTheirOwnFlagsAndSignatures() throws {
    let pack = try #require(SymbolCatalog.function("pack"))
    #expect(pack.isHidden && pack.alternatives == ["bag_pack"])
    #expect(SymbolCatalog.function("iif")?.isHidden == false)
    #expect(SymbolCatalog.function("array_iif")?.isHidden == true)
    #expect(SymbolCatalog.function("array_iif")?.isObsolete == false)
    #expect(SymbolCatalog.function("toobject")?.alternatives == ["todynamic"])
    let old = try #require(SymbolCatalog.aggregate("any"))
    #expect(old.naming.prefix == "any" && old.signatures.count == 3)
    #expect(SymbolCatalog.aggregate("take_any")?.signatures.count == 1)
  }

  @Test func namesAreUniqueWithinACategoryAndFound() {
    for category in FunctionSymbol.Category.allCases {
      let symbols = SymbolCatalog.symbols(category)
      #expect(Set(symbols.map(\.name)).count == symbols.count)
      #expect(symbols.allSatisfy { $0.category == category && !$0.signatures.isEmpty })
    }
    #expect(SymbolCatalog.function("strlen")?.name == "strlen")
    #expect(SymbolCatalog.aggregate("strlen") == nil)
    #expect(SymbolCatalog.function("Strlen") == nil)
    #expect(SymbolCatalog.plugin("bag_unpack") != nil)
    #expect(SymbolCatalog.operator("HasCs") != nil)
  }

  @Test func obsoleteSymbolsNameWhatReplacesThem() {
    #expect(SymbolCatalog.aggregate("makelist")?.alternatives == ["make_list"])
    let replace = SymbolCatalog.function("replace")
    #expect(replace?.alternatives == ["replace_regex", "replace_string"])
    #expect(SymbolCatalog.function("replace_regex")?.isObsolete == false)
  }

  @Test func signaturesKeepTheirDetails() throws {
    let countof = try #require(SymbolCatalog.function("countof"))
    let kind = try #require(countof.signatures.first?.parameters.last)
    #expect(kind.values == ["normal", "regex"])
    #expect(kind.isOptional && kind.form == .literal && kind.types == [.string])
    let strcat = try #require(SymbolCatalog.function("strcat"))
    #expect(strcat.minimumArgumentCount == 1 && strcat.maximumArgumentCount == 64)
    let extract = try #require(SymbolCatalog.function("extract"))
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
