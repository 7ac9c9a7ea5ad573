import SourceText

extension Parser {
  // grammar: aliasStatement
  mutating func parseAlias() -> SyntaxNode {
    var node = NodeBuilder(.aliasStatement)
    node.add(.keyword, advance())
    expect(.database, .keyword, &node)
    node.add(.name, requireName())
    expect(.equal, .equals, &node)
    node.add(.value, requireExpression())
    return node.finish(at: previousEnd)
  }
}
