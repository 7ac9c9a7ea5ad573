extension LayoutBuilder {
  /// Adds a query operator: its keyword, parameters, lists, clauses and sub-queries.
  mutating func addOperator(_ node: SyntaxNode) {
    group { layout in
      let children = node.children
      var index = 0
      while index < children.count {
        index = layout.addPart(children, index, node)
      }
    }
  }

  /// Adds the part of an operator at an index and answers where the next part starts.
  private mutating func addPart(
    _ children: [SyntaxChild],
    _ index: Int,
    _ node: SyntaxNode
  ) -> Int {
    let child = children[index]
    if let close = closeIndex(children, index) {
      if index > 0 { step(.space) }
      addSubquery(node, children[index...close])
      return close + 1
    }
    let end = listEnd(children, index)
    if end > index + 1 {
      addList(children[index..<end], isFirst: index == 0)
      return end
    }
    if startsClause(child, node) {
      indented { layout in
        layout.step(.line)
        layout.add(child.element)
      }
    } else {
      if index > 0, !isTight(children[index - 1], child, node) { step(.space) }
      add(child.element)
    }
    return index + 1
  }

  /// Where a list of items and separators that begins at an index ends.
  private func listEnd(_ children: [SyntaxChild], _ index: Int) -> Int {
    let role = children[index].role
    guard role != .keyword, role != .parameter, role != .separator else { return index + 1 }
    var end = index + 1
    while end + 1 < children.count, children[end].role == .separator,
      children[end + 1].role == role
    {
      end += 2
    }
    return end
  }

  private mutating func addList(_ items: ArraySlice<SyntaxChild>, isFirst: Bool) {
    guard !isFirst else { return group { $0.addItems(items) } }
    group { layout in
      layout.indented { layout in
        layout.step(.line)
        layout.group { $0.addItems(items) }
      }
    }
  }

  /// Adds the sub-query or the list in brackets of an operator.
  private mutating func addSubquery(_ node: SyntaxNode, _ children: ArraySlice<SyntaxChild>) {
    guard node.kind == .macroExpandOperator else { return addBrackets(children) }
    if let open = children.first { add(open.element) }
    indented { $0.addStatements(children.dropFirst().dropLast()) }
    step(.hardLine)
    if let close = children.last { add(close.element) }
  }

  /// Whether a child begins a clause that goes to a line of its own where the operator is broken.
  private func startsClause(_ child: SyntaxChild, _ node: SyntaxNode) -> Bool {
    guard case .token(let token) = child.element else {
      return node.kind == .forkOperator && child.role == .branch
    }
    guard child.role == .keyword else { return false }
    switch node.kind {
    case .summarizeOperator: return token.keyword == .by
    case .makeSeriesOperator:
      return [.on, .from, .to, .step, .by, .in].contains(token.keyword)
    case .joinOperator, .lookupOperator:
      return token.keyword == .on && node.child(.source)?.kind != .parenthesized
    case .findOperator, .graphMatchOperator, .graphShortestPathsOperator:
      return token.keyword == .where || token.keyword == .project
    default: return false
    }
  }

  private func isTight(
    _ previous: SyntaxChild,
    _ next: SyntaxChild,
    _ node: SyntaxNode
  ) -> Bool {
    if next.role == .separator { return true }
    let isAssignment = next.role == .equals || previous.role == .equals
    return isAssignment && node.kind == .getschemaOperator
  }
}
