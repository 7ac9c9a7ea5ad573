import Columnar

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
    switch resultNameRule {
    case .none: return nil
    case .firstArgument: return first
    case .onlyArgument: return arguments.count == 1 ? first : nil
    case .nameAndFirstArgument: return prefixed(name, arguments)
    case .prefixAndFirstArgument:
      guard let prefix = resultNamePrefix else { return first }
      return prefixed(prefix, arguments)
    case .prefixOnly: return resultNamePrefix
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
