import SourceText

extension Parser {
  // grammar: parseOperator
  mutating func parseParse() -> SyntaxNode { parsePatternOperator(.parseOperator) }

  // grammar: parseWhereOperator
  mutating func parseParseWhere() -> SyntaxNode { parsePatternOperator(.parseWhereOperator) }

  private mutating func parsePatternOperator(_ kind: SyntaxKind) -> SyntaxNode {
    var node = NodeBuilder(kind)
    node.add(.keyword, advance())
    parseParameters([.flags], &node)
    node.add(.expression, requireExpression())
    expect(.with, .keyword, &node)
    while let part = parsePatternPart() { node.add(.pattern, part) }
    return node.finish(at: previousEnd)
  }

  // grammar: parsePatternPart
  private mutating func parsePatternPart() -> SyntaxNode? {
    parseStar() ?? parseString() ?? parseTypedName(declared: true)
  }
}
