/// What a function declares of itself, whatever its kind; everything else that the engine says of
/// it follows from this: how the binder resolves a call, `harrier functions`, executed examples.
///
/// A test holds each declaration against the official signatures, return rules and names.
public protocol FunctionDeclaration: Sendable {
  /// The Kusto name: `strlen`, or the operator's official name such as `Add`.
  var name: String { get }
  /// What kind of symbol the function is.
  var category: FunctionSymbol.Category { get }
  var aliases: [FunctionAlias] { get }
  /// The signatures, in the format of `SignatureText`.
  var signature: String { get }
  /// How a call without an alias names its column.
  var naming: ResultNaming { get }
  /// What to use instead of an obsolete function, which is hidden, too; empty where it is current.
  var replacements: [String] { get }
  /// Whether suggestions leave it out.
  var isHidden: Bool { get }
  /// The kernels that give types where the signature says none.
  var kernels: [ScalarKernel] { get }
  /// One sentence.
  var summary: String { get }
  var examples: [Example] { get }
}

extension FunctionDeclaration {
  public var aliases: [FunctionAlias] { [] }
  public var naming: ResultNaming { .numbered }
  public var replacements: [String] { [] }
  public var isHidden: Bool { !replacements.isEmpty }
  public var kernels: [ScalarKernel] { [] }

  /// The calls that the signatures allow as people read them: `substring(string, start, [length])`.
  public var calls: [String] {
    SignatureText.shownParameters(signature).map { name + "(" + $0.joined(separator: ", ") + ")" }
  }

  /// What the binder knows of the function under its own name; nil where the signature cannot be
  /// read, which a test rules out.
  public var symbol: FunctionSymbol? {
    symbol(FunctionAlias(name, isHidden: isHidden, by: replacements))
  }

  /// What the binder knows of the function under one of its names.
  func symbol(_ alias: FunctionAlias) -> FunctionSymbol? {
    let text = alias.signature ?? signature
    guard let signatures = SignatureText.signatures(text, kernels: kernels) else { return nil }
    return FunctionSymbol(
      category: category,
      name: alias.name,
      signatures: signatures,
      naming: alias.naming ?? naming,
      isHidden: alias.isHidden,
      alternatives: alias.replacements ?? [name]
    )
  }
}

/// A further name of a function, such as `iif` for `iff`.
public struct FunctionAlias: Sendable, ExpressibleByStringLiteral {
  public let name: String
  /// Whether suggestions leave it out.
  public let isHidden: Bool
  /// What to use instead; nil for the function's own name, empty where the alias is current.
  public let replacements: [String]?
  /// Where they differ from those of the function.
  public let naming: ResultNaming?
  public let signature: String?

  init(
    _ name: String,
    isHidden: Bool = false,
    by replacements: [String]? = [],
    naming: ResultNaming? = nil,
    signature: String? = nil
  ) {
    self.name = name
    self.isHidden = isHidden
    self.replacements = replacements
    self.naming = naming
    self.signature = signature
  }

  /// A name as good as the function's own.
  public init(stringLiteral name: String) { self.init(name) }

  /// A name that is hidden since another replaces it, the function's own unless said otherwise.
  static func obsolete(
    _ name: String,
    by replacements: [String]? = nil,
    naming: ResultNaming? = nil,
    signature: String? = nil
  ) -> FunctionAlias {
    FunctionAlias(name, isHidden: true, by: replacements, naming: naming, signature: signature)
  }

  /// A name that is valid but not suggested.
  static func hidden(_ name: String, naming: ResultNaming? = nil) -> FunctionAlias {
    FunctionAlias(name, isHidden: true, naming: naming)
  }

  /// A current name whose signature differs from that of the function.
  static func named(_ name: String, signature: String) -> FunctionAlias {
    FunctionAlias(name, signature: signature)
  }
}
