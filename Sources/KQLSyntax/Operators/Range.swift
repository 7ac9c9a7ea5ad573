import SourceText

extension Parser {
  // grammar: rangeOperator
  mutating func parseRange() -> SyntaxNode {
    var node = NodeBuilder(.rangeOperator)
    node.add(.keyword, advance())
    node.add(.name, requireName())
    expect(.from, .keyword, &node)
    node.add(.from, requireExpression())
    expect(.to, .keyword, &node)
    node.add(.to, requireExpression())
    expect(.step, .keyword, &node)
    node.add(.step, requireExpression())
    return node.finish(at: previousEnd)
  }
}
