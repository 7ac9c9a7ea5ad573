import Columnar
import KQLFunctions
import Testing

/// Holds declarations and generated data against the official binder, both ways: every official
/// symbol is there as the file has it, and there are no others.
struct SymbolFileTests {
  /// Symbols in which the engine differs from the official binder.
  private static let amended: Set<String> = [
    "function jaccard_index", "function make_timespan", "function series_fit_poly",
    "aggregate count",
  ]

  /// Symbols that the file lacks: plugins of the reference, and what only bound plans name.
  private static let additional: Set<String> = [
    "plugin diffpatterns_text", "plugin schema_merge", "operator Member", "operator Element",
  ]

  @Test(
    .enabled(if: SymbolFile.committed != nil, "the symbol file is not beside the repository"),
    arguments: FunctionSymbol.Category.allCases
  )
  func symbolsAgreeWithTheFile(category: FunctionSymbol.Category) throws {
    let file = try #require(SymbolFile.committed)
    let official = Dictionary(
      symbols(of: file, category).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let found = Dictionary(
      uniqueKeysWithValues: SymbolCatalog.symbols(category).map { ($0.name, $0) }
    )
    for name in Set(official.keys).union(found.keys).sorted() {
      let title = "\(category) \(name)"
      switch (official[name].map(describe), found[name].map(describe)) {
      case (nil, _):
        #expect(Self.additional.contains(title), "\(title) is no official symbol")
      case (_, nil):
        Issue.record("\(title) is neither declared nor generated")
      case (let wanted?, let own?):
        if Self.amended.contains(title) {
          #expect(own != wanted, "\(title) does not differ")
        } else {
          #expect(own == wanted, "\(title)")
        }
      }
    }
  }

  @Test(.enabled(if: SymbolFile.committed != nil, "the symbol file is not beside the repository"))
  func optionsAgreeWithTheFile() throws {
    let file = try #require(SymbolFile.committed)
    #expect(file.options.map(\.name).sorted() == SpecialNames.options.map(\.name).sorted())
  }

  private func symbols(
    of file: SymbolFile,
    _ category: FunctionSymbol.Category
  ) -> [SymbolFile.Symbol] {
    switch category {
    case .function: file.functions
    case .aggregate: file.aggregates
    case .plugin: file.plugins
    case .operator: file.operators
    }
  }

  private func describe(_ symbol: SymbolFile.Symbol) -> [String] {
    let hidden = symbol.IsHidden ?? false
    let replaced = symbol.Alternative?.split(separator: "' or '").joined(separator: ", ") ?? ""
    let naming = "\(symbol.ResultNameKind ?? "None") \(symbol.ResultNamePrefix ?? "")"
    return [naming, "hidden: \(hidden), replaced by: \(replaced)"]
      + symbol.signatures.map(describe)
  }

  private func describe(_ symbol: FunctionSymbol) -> [String] {
    let replaced = symbol.alternatives.joined(separator: ", ")
    let naming = "\(symbol.naming.rule.rawValue) \(symbol.naming.prefix ?? "")"
    return [naming, "hidden: \(symbol.isHidden), replaced by: \(replaced)"]
      + symbol.signatures.map(describe)
  }

  private func describe(_ signature: SymbolFile.Signature) -> String {
    let parameters = signature.params.map { parameter in
      let name = parameter.name.split(separator: " ").joined(separator: "_")
      let types = parameter.types.joined(separator: "+")
      let counts = "\(parameter.min)...\(parameter.max)"
      return "\(name) \(parameter.kind) \(types) \(parameter.arg?.name ?? "Any") \(counts) "
        + "\(parameter.values ?? [])"
    }
    let returns = signature.ret + (signature.ret == "Declared" ? signature.ret_type ?? "" : "")
    return (parameters + [returns, (signature.hidden ?? false) ? "hidden" : ""])
      .joined(separator: "; ")
  }

  private func describe(_ signature: FunctionSignature) -> String {
    let parameters = signature.parameters.map { parameter in
      let names = parameter.types.map(\.name) + (parameter.acceptsTypeLiteral ? ["type"] : [])
      let types = names.joined(separator: "+")
      let counts = "\(parameter.minimumCount)...\(parameter.maximumCount)"
      let kind = parameter.kind.rawValue
      return "\(parameter.name) \(kind) \(types) \(parameter.form.rawValue) \(counts) "
        + "\(parameter.values)"
    }
    let ends = [officialName(signature.returns), signature.isHidden ? "hidden" : ""]
    return (parameters + ends).joined(separator: "; ")
  }

  private func officialName(_ rule: ReturnRule) -> String {
    switch rule {
    case .declared(let type): "Declared" + (type?.name ?? "")
    case .parameter0: "Parameter0"
    case .parameter1: "Parameter1"
    case .parameter0Promoted: "Parameter0Promoted"
    case .parameter0Array: "Parameter0Array"
    case .parameter0Literal: "Parameter0Literal"
    case .parameter1Literal: "Parameter1Literal"
    case .parameterNLiteral: "ParameterNLiteral"
    case .common: "Common"
    case .commonNonDynamic: "CommonNonDynamic"
    case .widest: "Widest"
    case .entity(let kind): "Parameter0" + kind.rawValue
    case .custom: "Custom"
    }
  }
}
