import SourceText

extension Parser {
  // grammar: topHittersOperator
  mutating func parseTopHitters() -> SyntaxNode {
    var node = NodeBuilder(.topHittersOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.count, requireNamedExpression())
    expect(.of, .keyword, &node)
    node.add(.of, requireNamedExpression())
    if take(.by, .keyword, &node) { node.add(.by, requireNamedExpression()) }
    return node.finish(at: previousEnd)
  }
}
