import SourceText

extension Parser {
  // grammar: summarizeOperator
  mutating func parseSummarize() -> SyntaxNode {
    var node = NodeBuilder(.summarizeOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    if !at(.by) || peek(1).kind == .equal {
      openList(.expression, "aggregate", .empty, &node) { $0.parseNamedExpression() }
    }
    guard take(.by, .keyword, &node) else { return node.finish(at: previousEnd) }
    openList(.by, "expression", [], &node) { $0.parseNamedExpression() }
    if at(.bin), peek(1).kind == .equal {
      node.add(.keyword, advance())
      node.add(.equals, advance())
      node.add(.bin, requireExpression())
    }
    return node.finish(at: previousEnd)
  }
}
