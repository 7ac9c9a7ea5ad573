import SourceText

extension Parser {
  // grammar: makeGraphOperator
  mutating func parseMakeGraph() -> SyntaxNode {
    var node = NodeBuilder(.makeGraphOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.from, requireName())
    if !takeArrow([.minus, .minus, .greaterThan], &node), !takeArrow([.minus, .minus], &node) {
      reportExpected("'-->' or '--'")
      node.add(.arrow, missingToken(.graphArrow))
    }
    node.add(.to, requireName())
    parseParameters([.withNodeId], &node)
    if take(.with, .keyword, &node) {
      openList(.table, "table", [], &node) { $0.parseGraphTable() }
    }
    if take(.partitionedBy, .keyword, &node) {
      node.add(.partition, requireName())
      parseSubquery(&node)
    }
    return node.finish(at: previousEnd)
  }

  // grammar: graphTable
  private mutating func parseGraphTable() -> SyntaxNode? {
    guard let source = parseUnary() else { return nil }
    var node = NodeBuilder(.graphTable)
    node.add(.source, source)
    expect(.on, .keyword, &node)
    node.add(.column, requireName())
    return node.finish(at: previousEnd)
  }
}
