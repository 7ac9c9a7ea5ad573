import Columnar
import FoundationEssentials
import KQLFunctions
import Testing

/// Holds the committed symbols against the file that they were generated from.
struct SymbolFileTests {
  private struct File: Decodable {
    let functions: [Symbol]
    let aggregates: [Symbol]
    let plugins: [Symbol]
    let operators: [Symbol]
    let options: [Option]
  }

  private struct Symbol: Decodable {
    let name: String
    let signatures: [Signature]
    let ResultNameKind: String?
    let ResultNamePrefix: String?
    let IsHidden: Bool?
    let IsObsolete: Bool?
  }

  private struct Signature: Decodable {
    let params: [Parameter]
    let ret: String
    let ret_type: String?
  }

  private struct Parameter: Decodable {
    let name: String
    let kind: String
    let min: Int
    let max: Int
    let types: [String]
    let values: [String]?
  }

  private struct Option: Decodable {
    let name: String
    let types: [String]
  }

  /// The path of the file in the folder of reference data beside the repository.
  private static let path: String = {
    let parts = #filePath.split(separator: "/").dropLast(5)
    return "/" + parts.joined(separator: "/") + "/shared/conformance/kusto-symbols.json"
  }()

  private static let file: File? = {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    return try? JSONDecoder().decode(File.self, from: data)
  }()

  /// Symbols in which the engine differs, declared by hand.
  private static let amended: Set<String> = [
    "jaccard_index", "make_timespan", "series_fit_poly", "count",
  ]

  @Test(.enabled(if: file != nil, "the symbol file is not beside the repository"))
  func symbolsAgreeWithTheFile() throws {
    let file = try #require(Self.file)
    compare(file.functions, OfficialSymbols.function)
    compare(file.aggregates, OfficialSymbols.aggregate)
    compare(file.plugins, OfficialSymbols.plugin)
    compare(file.operators, OfficialSymbols.operator)
    #expect(file.options.map(\.name).sorted() == SpecialNames.options.map(\.name).sorted())
  }

  private func compare(_ symbols: [Symbol], _ find: (String) -> FunctionSymbol?) {
    for symbol in symbols where !Self.amended.contains(symbol.name) {
      guard let found = find(symbol.name) else {
        Issue.record("\(symbol.name) is missing")
        continue
      }
      #expect(found.resultNameRule.rawValue == symbol.ResultNameKind ?? "None", "\(symbol.name)")
      #expect(found.resultNamePrefix == symbol.ResultNamePrefix, "\(symbol.name)")
      #expect(found.isHidden == symbol.IsHidden ?? false, "\(symbol.name)")
      #expect(found.isObsolete == symbol.IsObsolete ?? false, "\(symbol.name)")
      let described = symbol.signatures.map(describe)
      #expect(found.signatures.map(describe) == described, "\(symbol.name)")
    }
  }

  private func describe(_ signature: Signature) -> [String] {
    signature.params.map { parameter in
      let types = parameter.types.joined(separator: "+")
      let counts = "\(parameter.min)...\(parameter.max)"
      return "\(parameter.name) \(parameter.kind) \(types) \(counts) \(parameter.values ?? [])"
    } + [signature.ret == "Declared" ? signature.ret_type ?? "" : ""]
  }

  private func describe(_ signature: FunctionSignature) -> [String] {
    var result = signature.parameters.map { parameter in
      let names = parameter.types.map(\.name) + (parameter.acceptsTypeLiteral ? ["type"] : [])
      let types = names.joined(separator: "+")
      let counts = "\(parameter.minimumCount)...\(parameter.maximumCount)"
      return "\(parameter.name) \(parameter.kind.rawValue) \(types) \(counts) \(parameter.values)"
    }
    if case .declared(let type?) = signature.returns {
      result.append(type.name)
    } else {
      result.append("")
    }
    return result
  }
}
