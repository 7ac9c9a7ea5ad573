import SourceText

extension Parser {
  // grammar: asOperator
  mutating func parseAs() -> SyntaxNode {
    var node = NodeBuilder(.asOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.name, requireName())
    return node.finish(at: previousEnd)
  }
}
