import Columnar

/// Reads signatures from the text in which functions declare them.
///
/// A signature is its parameters and what it returns, as `value:Number roundTo:Number -> Widest`;
/// further ones follow behind `|`. Words are divided by blanks or line ends:
///
/// | word | means |
/// |---|---|
/// | `name` | a parameter of the types that the kernels take in this place |
/// | `name:Kind` | a parameter of one of the official kinds, `FunctionParameter.Kind` |
/// | `name:string+dynamic` | a parameter of one of these types; `type` is such as `typeof(long)` |
/// | `…@Form` | an argument of a certain form, `FunctionParameter.Form` |
/// | `…?` | may be missing |
/// | `…*1...64`, `…*2...` | occurs that often; without a number at most as often as any |
/// | `…=list` | one of the values of a list of `SpecialNames` |
/// | `-> type`, `-> Rule` | the type of the call, or the rule by which it follows, `ReturnRule` |
/// | `!` | at the end: the signature is hidden |
///
/// A parameter without a type takes what the kernels of the function do (`KernelTypes`), and a
/// signature without `->` gives what they give.
enum SignatureText {
  /// Decodes all signatures; nil where a word cannot be read.
  static func signatures(
    _ text: String,
    kernels: [ScalarKernel] = []
  ) -> [FunctionSignature]? {
    signatures(words(text[...]), KernelTypes(kernels))
  }

  /// Decodes a record of the generated data, `name flag naming replacements | signature | …`: the
  /// flag is `h` where the symbol is hidden, the naming a `ResultNameRule`, with `:prefix` where it
  /// has one; replacements are divided by `+`, and `-` stands for none.
  static func symbol(
    _ record: Substring,
    _ category: FunctionSymbol.Category
  ) -> FunctionSymbol? {
    let words = words(record)
    guard words.count > 4, words[4] == "|", let naming = naming(words[2]),
      let signatures = signatures(Array(words[5...]), KernelTypes([]))
    else { return nil }
    return FunctionSymbol(
      category: category,
      name: String(words[0]),
      signatures: signatures,
      naming: naming,
      isHidden: words[1] == "h",
      alternatives: words[3] == "-" ? [] : words[3].split(separator: "+").map(String.init)
    )
  }

  /// Splits a text into its records; a line that starts with a blank continues one.
  static func records(_ text: String) -> [Substring] {
    var result: [Substring] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      if line.first == UInt8(ascii: " "), let last = result.popLast() {
        result.append(text[last.startIndex..<line.endIndex])
      } else {
        result.append(Substring(line))
      }
    }
    return result
  }

  static func words(_ text: Substring) -> [Substring] {
    text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { Substring($0) }
  }

  /// Names the parameters of each signature for people, `[name]` where it may be missing and
  /// `name...` where it repeats; signatures that differ in types only count once.
  static func shownParameters(_ text: String) -> [[String]] {
    let parts = words(text[...]).split(separator: "|", omittingEmptySubsequences: false)
    let shown = parts.map { part in part.prefix { $0 != "->" && $0 != "!" }.map(shownParameter) }
    return shown.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func shownParameter(_ word: Substring) -> String {
    let name = String(word.prefix { !":@?*=".contains($0) })
    if word.contains("*") { return name + "..." }
    return word.contains("?") ? "[\(name)]" : name
  }

  private static func signatures(
    _ words: [Substring],
    _ types: KernelTypes
  ) -> [FunctionSignature]? {
    var result: [FunctionSignature] = []
    for part in words.split(separator: "|", omittingEmptySubsequences: false) {
      guard let signature = signature(part, types) else { return nil }
      result.append(signature)
    }
    return result
  }

  private static func signature(
    _ words: ArraySlice<Substring>,
    _ types: KernelTypes
  ) -> FunctionSignature? {
    let isHidden = words.last == "!"
    let halves = words.dropLast(isHidden ? 1 : 0).split(
      separator: "->",
      omittingEmptySubsequences: false
    )
    guard halves.count <= 2 else { return nil }
    let kernelRule = types.result.map { ReturnRule.declared($0) }
    guard let rule = halves.count == 1 ? kernelRule : returnRule(halves[1]) else { return nil }
    var parameters: [FunctionParameter] = []
    for (index, word) in halves[0].enumerated() {
      guard let parameter = parameter(word, index, types) else { return nil }
      parameters.append(parameter)
    }
    return FunctionSignature(parameters: parameters, returns: rule, isHidden: isHidden)
  }

  private static func naming(_ word: Substring) -> ResultNaming? {
    let parts = word.split(separator: ":", maxSplits: 1)
    guard let rule = ResultNameRule(rawValue: String(parts[0])) else { return nil }
    return ResultNaming(rule, prefix: parts.count > 1 ? String(parts[1]) : nil)
  }

  private static func returnRule(_ words: ArraySlice<Substring>) -> ReturnRule? {
    guard let word = words.first, words.count == 1 else { return nil }
    switch word {
    case "Unknown": return .declared(nil)
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
      if let type = ScalarType(name: String(word)) { return .declared(type) }
      guard word.hasPrefix("Parameter0") else { return nil }
      return EntityKind(rawValue: String(word.dropFirst(10))).map(ReturnRule.entity)
    }
  }

  /// Decodes `name:kind@form*minimum...maximum=list`.
  private static func parameter(
    _ word: Substring,
    _ index: Int,
    _ types: KernelTypes
  ) -> FunctionParameter? {
    var rest = word
    let list = takeSuffix(&rest, after: "=")
    let isOptional = rest.last == "?"
    if isOptional { rest.removeLast() }
    let counts = takeSuffix(&rest, after: "*").map(countRange) ?? (isOptional ? 0 : 1, 1)
    let form = FunctionParameter.Form(rawValue: String(takeSuffix(&rest, after: "@") ?? "Any"))
    let said = takeSuffix(&rest, after: ":").map(acceptedTypes) ?? types.accepted(at: index)
    guard let accepted = said, let form, let counts else { return nil }
    return FunctionParameter(
      name: String(rest),
      kind: accepted.kind,
      types: accepted.types,
      acceptsTypeLiteral: accepted.isTypeLiteral,
      form: form,
      minimumCount: counts.0,
      maximumCount: counts.1,
      values: list.map { SpecialNames.list(String($0)) } ?? []
    )
  }

  /// Decodes a kind, or types, which begin with a small letter.
  private static func acceptedTypes(_ word: Substring) -> AcceptedTypes? {
    if word.first?.isUppercase ?? false {
      return FunctionParameter.Kind(rawValue: String(word)).map { AcceptedTypes($0) }
    }
    if word == "type" { return AcceptedTypes(.declared, isTypeLiteral: true) }
    let names = word.split(separator: "+")
    let types = names.compactMap { ScalarType(name: String($0)) }
    return types.count == names.count ? AcceptedTypes(.declared, types) : nil
  }

  /// Decodes `1...64` or `2...`.
  private static func countRange(_ word: Substring) -> (Int, Int)? {
    let fewest = word.prefix { $0 != "." }
    let most = word.dropFirst(fewest.count)
    guard let minimum = Int(fewest), most.hasPrefix("...") else { return nil }
    if most.count == 3 { return (minimum, FunctionParameter.repeatLimit) }
    return Int(most.dropFirst(3)).map { (minimum, $0) }
  }

  /// Cuts off what follows a mark.
  private static func takeSuffix(_ text: inout Substring, after mark: Character) -> Substring? {
    guard let index = text.firstIndex(of: mark) else { return nil }
    let suffix = text[text.index(after: index)...]
    text = text[..<index]
    return suffix
  }
}
