import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// `declare pattern p = (a: string)[b: string] { ("x").["y"] = { … }; … }`.
  func bindPattern(_ statement: SyntaxNode) {
    guard let label = statement.child(.name) else { return }
    let pattern = PatternSymbol(
      name: name(label),
      declaration: statement.child(.declaration),
      scope: frame.scope
    )
    declare(pattern.name, .pattern(pattern), at: label)
  }

  /// Binds `p("x").y` or `p("x")`: the body whose values are the arguments.
  func bindPatternCall(
    _ pattern: PatternSymbol,
    _ call: SyntaxNode,
    path: SyntaxNode? = nil
  ) -> BoundValue {
    let arguments = call.children(.argument)
    guard let declaration = pattern.declaration else {
      return .table(refusedSource("the pattern \(pattern.name)", [], isOpen: true, call))
    }
    let values = arguments.map { constantText($0) }
    let member = path.flatMap(pathText)
    for match in declaration.children(.match) where fits(match, values, member) {
      var inner = frame
      inner.row = nil
      inner.aggregates = nil
      inner.scope = parameters(declaration, values, member, pattern.scope.nested())
      inner.callDepth += 1
      guard let body = match.child(.body) else { break }
      return deeper(span(call)) { within(inner) { bindBody(body) } } ?? .scalar(.failed)
    }
    report(.noPattern(pattern.name, at: span(call)))
    return .table(failedTable())
  }

  private func fits(_ match: SyntaxNode, _ values: [String?], _ member: String?) -> Bool {
    let wanted = match.children(.value).map(literalText)
    guard wanted.count == values.count, zip(wanted, values).allSatisfy({ $0 == $1 }) else {
      return false
    }
    guard let path = match.child(.pathValue) else { return true }
    return literalText(path) == member
  }

  private func literalText(_ node: SyntaxNode) -> String? {
    bindLiteral(node)?.literal.flatMap(Self.plainText)
  }

  /// The text of `.y` or `["y"]`.
  private func pathText(_ segment: SyntaxNode) -> String? {
    if let member = segment.child(.member) { return member.kind == .name ? name(member) : nil }
    return segment.child(.expression).flatMap(constantText)
  }

  private func parameters(
    _ declaration: SyntaxNode,
    _ values: [String?],
    _ member: String?,
    _ scope: Scope
  ) -> Scope {
    var scope = scope
    for (node, value) in zip(declaration.children(.parameter), values) {
      let text = BoundScalar(literal: .string(ByteString(value ?? "")))
      scope = scope.adding(node.child(.name).map(name) ?? "", .scalar(text))
    }
    if let node = declaration.child(.pathParameter), let member {
      let text = BoundScalar(literal: .string(ByteString(member)))
      scope = scope.adding(node.child(.name).map(name) ?? "", .scalar(text))
    }
    return scope
  }
}
