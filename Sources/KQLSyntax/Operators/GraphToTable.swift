import SourceText

extension Parser {
  // grammar: graphToTableOperator
  mutating func parseGraphToTable() -> SyntaxNode {
    var node = NodeBuilder(.graphToTableOperator)
    node.add(.keyword, advance())
    openList(.output, "'nodes' or 'edges'", [], &node) { $0.parseGraphOutput() }
    return node.finish(at: previousEnd)
  }

  // grammar: graphOutput
  private mutating func parseGraphOutput() -> SyntaxNode? {
    guard at(.nodes) || at(.edges) else { return nil }
    var node = NodeBuilder(.graphOutput)
    node.add(.output, advance())
    if take(.as, .keyword, &node) { node.add(.as, requireName()) }
    parseParameters([.withNodeId, .withSourceId, .withTargetId], &node)
    return node.finish(at: previousEnd)
  }
}
