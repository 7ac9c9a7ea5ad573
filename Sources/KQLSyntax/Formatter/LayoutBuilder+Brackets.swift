extension LayoutBuilder {
  /// Adds a node that has brackets among its children: `f(a, b)`, `x in (1, 2)`.
  mutating func addBracketed(_ node: SyntaxNode) {
    let children = node.children
    var index = 0
    while index < children.count {
      if index > 0, Self.hasBlank(between: children[index - 1], and: children[index], in: node) {
        step(.space)
      }
      let close = closeIndex(children, index)
      if let close {
        addBracketPair(node, children[index...close])
        index = close
      } else {
        add(children[index].element)
      }
      index += 1
    }
  }

  /// The index of the bracket that closes the one at an index; nil where none opens there.
  func closeIndex(_ children: [SyntaxChild], _ index: Int) -> Int? {
    guard children[index].role == .open else { return nil }
    return children[index...].firstIndex { $0.role == .close }
  }

  private mutating func addBracketPair(_ node: SyntaxNode, _ children: ArraySlice<SyntaxChild>) {
    switch node.kind {
    case .dynamicLiteral, .packExpression, .graphNode:
      for child in children { add(child.element) }
    case .patternDeclaration where children.contains { $0.role == .match }:
      if let open = children.first { add(open.element) }
      indented { layout in
        layout.step(.hardLine)
        layout.addItems(children.dropFirst().dropLast())
      }
      step(.hardLine)
      if let close = children.last { add(close.element) }
    default: addBrackets(children, perLine: isCase(node) ? 2 : 1)
    }
  }

  /// Whether a node is a call of `case`, whose arguments go in pairs.
  private func isCase(_ node: SyntaxNode) -> Bool {
    guard node.kind == .functionCall, let name = node.child(.name) else { return false }
    return SyntaxName.decode(name, in: source).elementsEqual("case".utf8)
  }

  /// Whether a blank stands between two children outside of brackets.
  private static func hasBlank(
    between previous: SyntaxChild,
    and next: SyntaxChild,
    in node: SyntaxNode
  ) -> Bool {
    switch next.role {
    case .separator, .dot, .schema: return false
    case .equals: return node.kind != .inlineExternalTable
    case .open: return hasBlankBeforeBracket(previous, node.kind)
    case .pathParameter, .pathValue: return false
    default: break
    }
    if previous.role == .equals { return node.kind != .inlineExternalTable }
    if previous.role == .dot || previous.role == .open { return false }
    return true
  }

  private static func hasBlankBeforeBracket(_ previous: SyntaxChild, _ kind: SyntaxKind) -> Bool {
    switch kind {
    // `bool (x)` calls a function, but `bool(x)` is a literal.
    case .functionCall: previous.element.node?.token(.name)?.keyword.isTypeName == true
    case .typeofLiteral, .dynamicLiteral, .packExpression, .elementSegment,
      .queryParametersStatement, .externalData:
      false
    case .patternMatch: previous.role != .dot
    case .patternDeclaration: previous.role == .equals || previous.role == .close
    default: true
    }
  }
}
