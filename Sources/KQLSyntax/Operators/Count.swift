import SourceText

extension Parser {
  // grammar: countOperator
  mutating func parseCount() -> SyntaxNode {
    var node = NodeBuilder(.countOperator)
    node.add(.keyword, advance())
    if take(.as, .keyword, &node) { node.add(.as, requireName()) }
    return node.finish(at: previousEnd)
  }
}
