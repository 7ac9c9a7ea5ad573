import SourceText

extension Parser {
  // grammar: topOperator
  mutating func parseTop() -> SyntaxNode {
    var node = NodeBuilder(.topOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.count, requireNamedExpression())
    expect(.by, .keyword, &node)
    node.add(.by, requireOrderedExpression())
    return node.finish(at: previousEnd)
  }
}
