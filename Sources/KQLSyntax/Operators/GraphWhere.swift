import SourceText

extension Parser {
  // grammar: graphWhereNodesOperator
  mutating func parseGraphWhereNodes() -> SyntaxNode { parseGraphWhere(.graphWhereNodesOperator) }

  // grammar: graphWhereEdgesOperator
  mutating func parseGraphWhereEdges() -> SyntaxNode { parseGraphWhere(.graphWhereEdgesOperator) }

  private mutating func parseGraphWhere(_ kind: SyntaxKind) -> SyntaxNode {
    var node = NodeBuilder(kind)
    node.add(.keyword, advance())
    node.add(.predicate, requireExpression())
    return node.finish(at: previousEnd)
  }
}
