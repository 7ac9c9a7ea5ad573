import SourceText

extension Parser {
  // grammar: distinctOperator
  mutating func parseDistinct() -> SyntaxNode {
    var node = NodeBuilder(.distinctOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    openList(.expression, "expression", [], &node) { $0.parseStar() ?? $0.parseNamedExpression() }
    return node.finish(at: previousEnd)
  }
}
