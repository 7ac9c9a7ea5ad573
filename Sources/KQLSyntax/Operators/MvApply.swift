import SourceText

extension Parser {
  // grammar: mvApplyOperator
  mutating func parseMvApply() -> SyntaxNode {
    var node = NodeBuilder(.mvApplyOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    openList(.column, "expression", [], &node) { $0.parseExpandColumn() }
    if take(.limit, .keyword, &node) { node.add(.limit, requireExpression("number")) }
    if take(.id, .keyword, &node) { node.add(.id, requireExpression("literal")) }
    expect(.on, .keyword, &node)
    parseSubquery(&node)
    return node.finish(at: previousEnd)
  }
}
