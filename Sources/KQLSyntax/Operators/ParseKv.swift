import SourceText

extension Parser {
  // grammar: parseKvOperator
  mutating func parseParseKv() -> SyntaxNode {
    var node = NodeBuilder(.parseKvOperator)
    node.add(.keyword, advance())
    node.add(.expression, requireExpression())
    expect(.as, .keyword, &node)
    node.add(.schema, requireRowSchema())
    node.add(.with, optional: parseWithClause())
    return node.finish(at: previousEnd)
  }
}
