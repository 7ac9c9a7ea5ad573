import SourceText

extension Parser {
  // grammar: unionOperator
  mutating func parseUnion() -> SyntaxNode {
    var node = NodeBuilder(.unionOperator)
    node.add(.keyword, advance())
    parseParameters([.bestEffort], &node)
    openList(.item, "table", [], &node) { $0.parseTable() }
    return node.finish(at: previousEnd)
  }
}
