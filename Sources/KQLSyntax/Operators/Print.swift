import SourceText

extension Parser {
  // grammar: printOperator
  mutating func parsePrint() -> SyntaxNode {
    var node = NodeBuilder(.printOperator)
    node.add(.keyword, advance())
    openList(.expression, "expression", [], &node) { $0.parseNamedExpression() }
    return node.finish(at: previousEnd)
  }
}
