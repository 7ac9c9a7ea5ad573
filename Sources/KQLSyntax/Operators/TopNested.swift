import SourceText

extension Parser {
  // grammar: topNestedOperator
  mutating func parseTopNested() -> SyntaxNode {
    var node = NodeBuilder(.topNestedOperator)
    openList(.clause, "'top-nested'", [], &node) { $0.parseTopNestedClause() }
    return node.finish(at: previousEnd)
  }

  // grammar: topNestedClause
  private mutating func parseTopNestedClause() -> SyntaxNode? {
    guard at(.topNested) else { return nil }
    var node = NodeBuilder(.topNestedClause)
    node.add(.keyword, advance())
    if !at(.of) { node.add(.count, requireNamedExpression()) }
    expect(.of, .keyword, &node)
    node.add(.of, requireNamedExpression())
    if take(.with, .keyword, &node) {
      expect(.others, .keyword, &node)
      expect(.equal, .equals, &node)
      node.add(.others, requireExpression())
    }
    expect(.by, .keyword, &node)
    node.add(.by, requireOrderedExpression())
    return node.finish(at: previousEnd)
  }
}
