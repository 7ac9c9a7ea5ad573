import Columnar

/// By which rule a call without an alias names its column; the cases are the official kinds.
public enum ResultNameRule: String, Sendable, CaseIterable {
  case none = "None"
  /// The name of the first argument.
  case firstArgument = "FirstArgument"
  /// The name of the argument where there is just one.
  case onlyArgument = "OnlyArgument"
  case nameAndFirstArgument = "NameAndFirstArgument"
  case prefixAndFirstArgument = "PrefixAndFirstArgument"
  case prefixOnly = "PrefixOnly"
  /// The text of the first argument where the rows have a column of that name.
  case firstArgumentValueIfColumn = "FirstArgumentValueIfColumn"
}

/// How a call without an alias names its column: a rule, with the prefix that it may need.
public struct ResultNaming: Sendable, Hashable {
  public let rule: ResultNameRule
  public let prefix: String?

  public init(_ rule: ResultNameRule, prefix: String? = nil) {
    self.rule = rule
    self.prefix = prefix
  }

  /// No name of its own: the operator numbers it.
  public static let numbered = ResultNaming(.none)
  public static let firstArgument = ResultNaming(.firstArgument)
  public static let onlyArgument = ResultNaming(.onlyArgument)
  public static let nameAndFirstArgument = ResultNaming(.nameAndFirstArgument)

  /// A prefix and the name of the first argument, as in `list_x`.
  public static func prefixed(_ prefix: String) -> ResultNaming {
    ResultNaming(.prefixAndFirstArgument, prefix: prefix)
  }

  /// Always the same name.
  public static func always(_ name: String) -> ResultNaming {
    ResultNaming(.prefixOnly, prefix: name)
  }
}

extension FunctionSymbol {
  /// The name of the column that a call without an alias makes; nil where it has none, so that
  /// the operator numbers it (`Column1`, `print_0`).
  ///
  /// - Parameter hasColumn: whether the rows have a column, for `column_ifexists`.
  public func resultName(
    _ arguments: [CallArgument],
    hasColumn: (String) -> Bool = { _ in false }
  ) -> String? {
    let first = arguments.first?.name
    switch naming.rule {
    case .none: return nil
    case .firstArgument: return first
    case .onlyArgument: return arguments.count == 1 ? first : nil
    case .nameAndFirstArgument: return prefixed(name, arguments)
    case .prefixAndFirstArgument:
      guard let prefix = naming.prefix else { return first }
      return prefixed(prefix, arguments)
    case .prefixOnly: return naming.prefix
    case .firstArgumentValueIfColumn:
      return arguments.first?.text.flatMap { hasColumn($0) ? $0 : nil }
    }
  }

  /// A prefix and the names of the arguments that count: the first, and for the covariances the
  /// second, too, where the engine and the official binder differ.
  private func prefixed(_ prefix: String, _ arguments: [CallArgument]) -> String {
    let counted = name.hasPrefix("covariance") && category == .aggregate ? 2 : 1
    let names = arguments.prefix(counted).map { $0.name ?? "" }
    return prefix + "_" + names.joined(separator: "_")
  }
}
