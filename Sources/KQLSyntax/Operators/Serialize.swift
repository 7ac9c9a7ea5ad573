import SourceText

extension Parser {
  // grammar: serializeOperator
  mutating func parseSerialize() -> SyntaxNode {
    var node = NodeBuilder(.serializeOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    openList(.expression, "expression", .empty, &node) { $0.parseNamedExpression() }
    return node.finish(at: previousEnd)
  }
}
