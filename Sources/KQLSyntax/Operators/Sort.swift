import SourceText

extension Parser {
  // grammar: sortOperator
  mutating func parseSort() -> SyntaxNode {
    var node = NodeBuilder(.sortOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    expect(.by, .keyword, &node)
    openList(.expression, "expression", [], &node) { $0.parseOrderedExpression() }
    return node.finish(at: previousEnd)
  }

  /// Reads an expression with its order: `a`, `a desc`, `a asc nulls first`.
  // grammar: orderedExpression
  mutating func parseOrderedExpression() -> SyntaxNode? {
    guard let expression = parseNamedExpression() else { return nil }
    var node = NodeBuilder(.orderedExpression)
    node.add(.expression, expression)
    if current.keyword.isOrder { node.add(.order, advance()) }
    if take(.nulls, .keyword, &node) {
      if at(.first) || at(.last) {
        node.add(.nulls, advance())
      } else {
        reportExpected("'first' or 'last'")
        node.add(.nulls, missingToken(.keyword, .first))
      }
    }
    return node.finish(at: previousEnd)
  }

  mutating func requireOrderedExpression() -> SyntaxNode {
    parseOrderedExpression() ?? missing("expression")
  }
}

extension Keyword {
  /// Whether the keyword is an order of sort.
  var isOrder: Bool {
    switch self {
    case .asc, .desc, .grannyAsc, .grannyDesc: true
    default: false
    }
  }
}
