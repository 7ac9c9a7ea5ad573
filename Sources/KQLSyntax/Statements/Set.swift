import SourceText

extension Parser {
  // grammar: setStatement
  mutating func parseSet() -> SyntaxNode {
    var node = NodeBuilder(.setStatement)
    node.add(.keyword, advance())
    node.add(.name, requireName())
    if take(.equal, .equals, &node) { node.add(.value, requireExpression("value")) }
    return node.finish(at: previousEnd)
  }
}
