import Columnar

/// Decodes the generated texts; their format is described in `generate.py`.
enum SymbolDecoder {
  /// Decodes the symbols of one category. A word that cannot be read is a fault of the generator,
  /// and a test decodes all.
  static func decode(_ text: String, _ category: FunctionSymbol.Category) -> [FunctionSymbol] {
    records(text).compactMap { symbol($0, category) }
  }

  /// Splits a text into the words of its records; a line that starts with a blank continues one.
  static func records(_ text: String) -> [[Substring]] {
    var result: [[Substring]] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.first == " ", let last = result.indices.last {
        result[last] += words
      } else {
        result.append(words)
      }
    }
    return result
  }

  private static func symbol(
    _ words: [Substring],
    _ category: FunctionSymbol.Category
  ) -> FunctionSymbol? {
    let parts = words.split(separator: "|").map(Array.init)
    guard let head = parts.first, head.count == 4 else { return nil }
    let naming = head[2].split(separator: ":", maxSplits: 1)
    let signatures = parts.dropFirst().compactMap(signature)
    guard let rule = naming.first.flatMap({ ResultNameRule(rawValue: String($0)) }),
      signatures.count == parts.count - 1
    else { return nil }
    return FunctionSymbol(
      category: category,
      name: String(head[0]),
      signatures: signatures,
      resultNameRule: rule,
      resultNamePrefix: naming.count > 1 ? String(naming[1]) : nil,
      isHidden: head[1].contains("h"),
      isConstantFoldable: head[1].contains("c"),
      alternatives: head[3] == "-" ? [] : head[3].split(separator: "+").map(String.init)
    )
  }

  private static func signature(_ words: [Substring]) -> FunctionSignature? {
    guard let first = words.first, let returns = returnRule(first) else { return nil }
    let isHidden = words.last == "!"
    let described = words.dropFirst().dropLast(isHidden ? 1 : 0)
    let parameters = described.compactMap(parameter)
    guard parameters.count == described.count else { return nil }
    return FunctionSignature(parameters: parameters, returns: returns, isHidden: isHidden)
  }

  private static func returnRule(_ word: Substring) -> ReturnRule? {
    let parts = word.split(separator: ":")
    switch parts[0] {
    case "Declared":
      return .declared(parts.count > 1 ? ScalarType(name: String(parts[1])) : nil)
    case "Parameter0": return .parameter0
    case "Parameter1": return .parameter1
    case "Parameter0Promoted": return .parameter0Promoted
    case "Parameter0Array": return .parameter0Array
    case "Parameter0Literal": return .parameter0Literal
    case "Parameter1Literal": return .parameter1Literal
    case "ParameterNLiteral": return .parameterNLiteral
    case "Common": return .common
    case "CommonNonDynamic": return .commonNonDynamic
    case "Widest": return .widest
    case "Custom": return .custom
    default:
      guard parts[0].hasPrefix("Parameter0") else { return nil }
      return EntityKind(rawValue: String(parts[0].dropFirst(10))).map(ReturnRule.entity)
    }
  }

  /// Decodes `name:kind/types@form*minimum,maximum=values`.
  private static func parameter(_ word: Substring) -> FunctionParameter? {
    var rest = word
    let values = takeSuffix(&rest, after: "=")
    let counts = takeSuffix(&rest, after: "*")
    let form = takeSuffix(&rest, after: "@")
    let types = takeSuffix(&rest, after: "/")
    let kind = takeSuffix(&rest, after: ":")
    guard let kind = kind.flatMap({ FunctionParameter.Kind(rawValue: String($0)) }),
      let form = FunctionParameter.Form(rawValue: String(form ?? "Any"))
    else { return nil }
    let typeNames = types?.split(separator: "+") ?? []
    let bounds = counts?.split(separator: ",", omittingEmptySubsequences: false)
    return FunctionParameter(
      name: String(rest),
      kind: kind,
      types: typeNames.compactMap { ScalarType(name: String($0)) },
      acceptsTypeLiteral: typeNames.contains("type"),
      form: form,
      minimumCount: bounds.flatMap { Int($0[0]) } ?? 1,
      maximumCount: bounds.map { Int($0[1]) ?? FunctionParameter.repeatLimit } ?? 1,
      values: values.map { SpecialNames.list(String($0)) } ?? []
    )
  }

  /// Cuts off what follows a mark.
  private static func takeSuffix(_ text: inout Substring, after mark: Character) -> Substring? {
    guard let index = text.firstIndex(of: mark) else { return nil }
    let suffix = text[text.index(after: index)...]
    text = text[..<index]
    return suffix
  }
}
