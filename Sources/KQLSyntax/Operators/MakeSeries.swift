import SourceText

extension Parser {
  // grammar: makeSeriesOperator
  mutating func parseMakeSeries() -> SyntaxNode {
    var node = NodeBuilder(.makeSeriesOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    openList(.aggregate, "aggregate", [], &node) { $0.parseSeriesAggregate() }
    expect(.on, .keyword, &node)
    node.add(.axis, requireNamedExpression())
    if at(.in) { parseInRange(&node) } else { parseFromToStep(&node) }
    if take(.by, .keyword, &node) {
      openList(.by, "expression", [], &node) { $0.parseNamedExpression() }
    }
    return node.finish(at: previousEnd)
  }

  // grammar: seriesAggregate
  private mutating func parseSeriesAggregate() -> SyntaxNode? {
    guard !at(.on), let expression = parseNamedExpression() else { return nil }
    var node = NodeBuilder(.seriesAggregate)
    node.add(.expression, expression)
    if take(.default, .keyword, &node) {
      expect(.equal, .equals, &node)
      node.add(.defaultValue, requireExpression())
    }
    return node.finish(at: previousEnd)
  }

  // grammar: seriesFromToStep
  private mutating func parseFromToStep(_ node: inout NodeBuilder) {
    if take(.from, .keyword, &node) { node.add(.from, requireExpression()) }
    if take(.to, .keyword, &node) { node.add(.to, requireExpression()) }
    expect(.step, .keyword, &node)
    node.add(.step, requireExpression())
  }

  // grammar: seriesInRange
  private mutating func parseInRange(_ node: inout NodeBuilder) {
    node.add(.keyword, advance())
    expect(.range, .keyword, &node)
    open(.openParenthesis, &node)
    node.add(.from, requireExpression())
    expect(.comma, .separator, &node)
    node.add(.to, requireExpression())
    expect(.comma, .separator, &node)
    node.add(.step, requireExpression())
    close(.closeParenthesis, &node)
  }
}
