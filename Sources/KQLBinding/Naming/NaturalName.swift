import Columnar
import KQLFunctions
import KQLSyntax
import SourceText

extension Binder {
  /// The name that an expression gives its column without an alias; nil where it gives none.
  func naturalName(_ node: SyntaxNode) -> String? {
    switch node.kind {
    case .name: return name(node)
    case .namedExpression: return node.child(.name).map(name)
    case .parenthesized, .orderedExpression:
      return node.child(.expression).flatMap(naturalName)
    case .path: return pathName(node)
    case .functionCall: return callName(node)
    default: return nil
    }
  }

  /// `d.a[0]` is `d_a_0`; the base counts only where it has a name.
  private func pathName(_ node: SyntaxNode) -> String? {
    guard let base = node.child(.base) else { return nil }
    let segments = node.children(.segment)
    var parts = segments.map(segmentName)
    let isPlace = base.kind == .name && name(base).utf8.first == UInt8(ascii: "$")
    if isPlace { return parts.joined(separator: "_") }
    if let name = naturalName(base) { parts.insert(name, at: 0) }
    return parts.joined(separator: "_")
  }

  private func segmentName(_ segment: SyntaxNode) -> String {
    if let member = segment.child(.member) {
      return member.kind == .name ? name(member) : ""
    }
    guard let key = segment.child(.expression) else { return "" }
    switch key.kind {
    case .stringLiteral:
      if case .string(let text)? = bindLiteral(key)?.literal { return text.text }
      return ""
    case .longLiteral: return key.token(.value).map(text) ?? ""
    case .unary:
      guard let number = key.child(.operand), number.kind == .longLiteral,
        let token = number.token(.value)
      else { return "" }
      return "_" + text(token)
    default: return ""
    }
  }

  /// The name that a call gives by the rule of its function.
  private func callName(_ node: SyntaxNode) -> String? {
    guard let callee = node.child(.name) else { return nil }
    let function = name(callee)
    if case .function? = frame.scope.symbol(function) { return nil }
    let arguments = node.children(.argument)
    let first = arguments.first.flatMap(naturalName)
    if let aggregate = SymbolCatalog.aggregate(function) {
      return aggregateName(aggregate, arguments)
    }
    guard let symbol = SymbolCatalog.function(function) else { return nil }
    switch symbol.naming.rule {
    case .none: return nil
    case .firstArgument: return first
    case .onlyArgument: return arguments.count == 1 ? first : nil
    case .nameAndFirstArgument: return function + "_" + (first ?? "")
    case .prefixAndFirstArgument: return (symbol.naming.prefix ?? function) + "_" + (first ?? "")
    case .prefixOnly: return symbol.naming.prefix
    case .firstArgumentValueIfColumn:
      guard let text = arguments.first.flatMap(constantText),
        frame.row?.column(named: text) != nil
      else { return nil }
      return text
    }
  }

  /// The name of an aggregate's single column.
  func aggregateName(_ symbol: KQLFunctions.FunctionSymbol, _ arguments: [SyntaxNode]) -> String? {
    let first = arguments.first.flatMap(naturalName) ?? ""
    switch symbol.name {
    case "covariance", "covarianceif", "covariancep", "covariancepif":
      let second = arguments.dropFirst().first.flatMap(naturalName)
      return ([symbol.name, first] + (second.map { [$0] } ?? [])).joined(separator: "_")
    case "percentile", "percentiles":
      let point = arguments.dropFirst().first.flatMap(numberText) ?? ""
      return "percentile_\(first)_\(point)"
    default: break
    }
    switch symbol.naming.rule {
    case .prefixAndFirstArgument: return (symbol.naming.prefix ?? symbol.name) + "_" + first
    case .firstArgument, .none, .onlyArgument: return first.isEmpty ? nil : first
    case .nameAndFirstArgument: return symbol.name + "_" + first
    case .prefixOnly: return symbol.naming.prefix
    case .firstArgumentValueIfColumn: return nil
    }
  }

  /// A number as names show it: `99.9` is `99_9`.
  private func numberText(_ node: SyntaxNode) -> String? {
    guard let token = node.token(.value) else { return nil }
    return String(text(token).map { $0 == "." ? "_" : $0 })
  }

  /// The text of an expression that is constant, such as a literal or a `let` of one.
  func constantText(_ node: SyntaxNode) -> String? {
    var silent = frame
    silent.isSilent = true
    let value = within(silent) { bindScalar(node) }
    if case .string(let text)? = constant(value) { return text.text }
    return nil
  }
}
