import SourceText

extension Parser {
  // grammar: consumeOperator
  mutating func parseConsume() -> SyntaxNode {
    var node = NodeBuilder(.consumeOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    return node.finish(at: previousEnd)
  }
}
