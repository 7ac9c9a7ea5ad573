import SourceText

extension Parser {
  // grammar: mvExpandOperator
  mutating func parseMvExpand() -> SyntaxNode {
    var node = NodeBuilder(.mvExpandOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    openList(.column, "expression", [], &node) { $0.parseExpandColumn() }
    if take(.limit, .keyword, &node) { node.add(.limit, requireExpression("number")) }
    return node.finish(at: previousEnd)
  }

  /// Reads a column of mv-expand or mv-apply: `a`, `x = a.b to typeof(long)`.
  // grammar: expandColumn
  mutating func parseExpandColumn() -> SyntaxNode? {
    guard let expression = parseNamedExpression() else { return nil }
    var node = NodeBuilder(.expandColumn)
    node.add(.expression, expression)
    if take(.to, .keyword, &node) {
      node.add(.type, parseTypeof() ?? missing("typeof(…)"))
    }
    return node.finish(at: previousEnd)
  }
}
