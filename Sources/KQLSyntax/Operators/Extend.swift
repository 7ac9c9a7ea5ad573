import SourceText

extension Parser {
  // grammar: extendOperator
  mutating func parseExtend() -> SyntaxNode {
    var node = NodeBuilder(.extendOperator)
    node.add(.keyword, advance())
    openList(.expression, "expression", [], &node) { $0.parseNamedExpression() }
    return node.finish(at: previousEnd)
  }
}
