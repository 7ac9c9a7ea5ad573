import SourceText

extension Parser {
  // grammar: takeOperator
  mutating func parseTake() -> SyntaxNode {
    var node = NodeBuilder(.takeOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.count, requireNamedExpression())
    return node.finish(at: previousEnd)
  }
}
