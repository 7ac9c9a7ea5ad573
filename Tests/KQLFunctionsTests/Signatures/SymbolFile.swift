import Columnar
import FoundationEssentials

/// The symbols of the official binder, as the reference data beside the repository have them.
struct SymbolFile: Decodable {
  let functions: [Symbol]
  let aggregates: [Symbol]
  let plugins: [Symbol]
  let operators: [Symbol]
  let options: [Option]

  /// A function, aggregate, plugin or operator.
  struct Symbol: Decodable {
    let name: String
    let signatures: [Signature]
    let ResultNameKind: String?
    let ResultNamePrefix: String?
    let IsHidden: Bool?
    let IsObsolete: Bool?
    let Alternative: String?
  }

  /// One overload of a symbol.
  struct Signature: Decodable {
    let params: [Parameter]
    let ret: String
    let ret_type: String?
    let hidden: Bool?
  }

  /// A parameter; `arg` is a word, or for one form without a name a number.
  struct Parameter: Decodable {
    let name: String
    let kind: String
    let min: Int
    let max: Int
    let types: [String]
    let values: [String]?
    let arg: Form?
  }

  /// The form that an argument must have; the form without a name takes any argument.
  struct Form: Decodable {
    let name: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let word = try? container.decode(String.self)
      name = word.flatMap { $0.allSatisfy(\.isNumber) ? nil : $0 } ?? "Any"
    }
  }

  /// An option of `set`.
  struct Option: Decodable {
    let name: String
    let types: [String]
  }

  /// The path of the file in the folder of reference data beside the repository.
  private static let path: String = {
    let parts = #filePath.split(separator: "/").dropLast(5)
    return "/" + parts.joined(separator: "/") + "/shared/conformance/kusto-symbols.json"
  }()

  /// The file; nil where it is not beside the repository.
  static let committed: SymbolFile? = {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    return try? JSONDecoder().decode(SymbolFile.self, from: data)
  }()
}
