import SourceText

extension Parser {
  // grammar: joinOperator
  mutating func parseJoin() -> SyntaxNode {
    var node = NodeBuilder(.joinOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.source, requireExpression("table"))
    if at(.on) {
      parseJoinConditions(&node)
    } else if take(.where, .keyword, &node) {
      node.add(.predicate, requireExpression())
    }
    return node.finish(at: previousEnd)
  }

  /// Reads `on a, $left.b == $right.c`.
  // grammar: joinConditions
  mutating func parseJoinConditions(_ node: inout NodeBuilder) {
    expect(.on, .keyword, &node)
    openList(.on, "join condition", [], &node) { $0.parseExpression() }
  }
}
