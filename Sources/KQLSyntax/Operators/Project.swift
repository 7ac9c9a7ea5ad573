import SourceText

extension Parser {
  // grammar: projectOperator
  mutating func parseProject() -> SyntaxNode {
    var node = NodeBuilder(.projectOperator)
    node.add(.keyword, advance())
    openList(.expression, "expression", .empty, &node) { $0.parseNamedExpression() }
    return node.finish(at: previousEnd)
  }

  // grammar: projectAwayOperator
  mutating func parseProjectAway() -> SyntaxNode { parseColumnSelection(.projectAwayOperator) }

  // grammar: projectKeepOperator
  mutating func parseProjectKeep() -> SyntaxNode { parseColumnSelection(.projectKeepOperator) }

  private mutating func parseColumnSelection(_ kind: SyntaxKind) -> SyntaxNode {
    var node = NodeBuilder(kind)
    node.add(.keyword, advance())
    openList(.column, "column", .empty, &node) { $0.parseColumnOrWildcard() }
    return node.finish(at: previousEnd)
  }

  // grammar: columnOrWildcard
  mutating func parseColumnOrWildcard() -> SyntaxNode? { parseWildcardName() ?? parseName() }

  // grammar: projectByNamesOperator
  mutating func parseProjectByNames() -> SyntaxNode {
    var node = NodeBuilder(.projectByNamesOperator)
    node.add(.keyword, advance())
    openList(.expression, "expression", [], &node) { $0.parseExpression() }
    return node.finish(at: previousEnd)
  }

  // grammar: projectRenameOperator
  mutating func parseProjectRename() -> SyntaxNode {
    var node = NodeBuilder(.projectRenameOperator)
    node.add(.keyword, advance())
    openList(.expression, "expression", .empty, &node) { $0.parseNamedExpression() }
    return node.finish(at: previousEnd)
  }

  // grammar: projectReorderOperator
  mutating func parseProjectReorder() -> SyntaxNode {
    var node = NodeBuilder(.projectReorderOperator)
    node.add(.keyword, advance())
    openList(.column, "column", .empty, &node) { $0.parseReorderedColumn() }
    return node.finish(at: previousEnd)
  }

  // grammar: reorderedColumn
  private mutating func parseReorderedColumn() -> SyntaxNode? {
    guard let column = parseColumnOrWildcard() else { return nil }
    var node = NodeBuilder(.orderedExpression)
    node.add(.expression, column)
    if current.keyword.isOrder { node.add(.order, advance()) }
    return node.finish(at: previousEnd)
  }
}
