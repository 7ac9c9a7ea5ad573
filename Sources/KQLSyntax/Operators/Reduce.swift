import SourceText

extension Parser {
  // grammar: reduceOperator
  mutating func parseReduce() -> SyntaxNode {
    var node = NodeBuilder(.reduceOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    expect(.by, .keyword, &node)
    node.add(.by, requireNamedExpression())
    if take(.with, .keyword, &node) {
      openList(.with, "parameter", [], &node) { $0.parseNamedExpression() }
    }
    return node.finish(at: previousEnd)
  }
}
