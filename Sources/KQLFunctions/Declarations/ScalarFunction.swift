public import Columnar

/// A scalar function or operator, declared in one place: names, words, examples and kernels.
///
/// The binder, execution, `harrier functions` and the executed examples all read this declaration.
/// Where the signature gives no type, the types of the kernels' closures do.
public struct ScalarFunction: FunctionDeclaration {
  public let name: String
  public let aliases: [FunctionAlias]
  public let signature: String
  public let naming: ResultNaming
  public let replacements: [String]
  public let summary: String
  public let examples: [Example]
  /// Whether a row's result depends on that row's arguments alone, so that it may be computed
  /// once for equal arguments. False for `rand`, `new_guid` and the like.
  public let isDeterministic: Bool
  public let kernels: [ScalarKernel]
  private var isLeftOut = false

  public init(
    _ name: String,
    aliases: [FunctionAlias] = [],
    _ signature: String,
    naming: ResultNaming = .numbered,
    replacedBy replacements: [String] = [],
    _ summary: String,
    examples: [Example],
    isDeterministic: Bool = true,
    kernels: [ScalarKernel]
  ) {
    self.name = name
    self.aliases = aliases
    self.signature = signature
    self.naming = naming
    self.replacements = replacements
    self.summary = summary
    self.examples = examples
    self.isDeterministic = isDeterministic
    self.kernels = kernels
  }

  /// The function, left out of suggestions though nothing replaces it.
  var hidden: ScalarFunction {
    var copy = self
    copy.isLeftOut = true
    return copy
  }

  public var isHidden: Bool { isLeftOut || !replacements.isEmpty }

  /// An operator such as `+` has an official name in capitals, which no query can call.
  public var category: FunctionSymbol.Category {
    name.first?.isUppercase ?? false ? .operator : .function
  }
}

/// One overload of a scalar function.
public struct ScalarKernel: Sendable {
  /// What an argument may be.
  public enum Parameter: Sendable, Equatable {
    /// Exactly this type; execution converts implicitly where KQL does.
    case type(ScalarType)
    /// Any type: the kernel looks for itself.
    case any
  }

  /// One a declared argument; with `isVariadic` the last stands for any number, also none.
  public let parameters: [Parameter]
  /// Fewest arguments; fewer than `parameters.count` where the last ones are optional.
  public let minimumCount: Int
  public let isVariadic: Bool
  /// The type of the result; nil where the binder decides (`iff`, `coalesce`, …).
  public let result: ScalarType?
  /// Computes a vector of `count` rows of the call's result type.
  public let evaluate: @Sendable (KernelCall) throws -> Vector

  public init(
    _ parameters: [Parameter],
    minimumCount: Int? = nil,
    isVariadic: Bool = false,
    result: ScalarType?,
    evaluate: @escaping @Sendable (KernelCall) throws -> Vector
  ) {
    self.parameters = parameters
    self.minimumCount = minimumCount ?? (isVariadic ? parameters.count - 1 : parameters.count)
    self.isVariadic = isVariadic
    self.result = result
    self.evaluate = evaluate
  }
}
