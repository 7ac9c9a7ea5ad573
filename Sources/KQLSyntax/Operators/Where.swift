import SourceText

extension Parser {
  // grammar: whereOperator
  mutating func parseWhere() -> SyntaxNode {
    var node = NodeBuilder(.whereOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.predicate, requireNamedExpression())
    return node.finish(at: previousEnd)
  }
}
