import SourceText

extension Parser {
  // grammar: restrictStatement
  mutating func parseRestrict() -> SyntaxNode {
    var node = NodeBuilder(.restrictStatement)
    node.add(.keyword, advance())
    expect(.access, .keyword, &node)
    expect(.to, .keyword, &node)
    open(.openParenthesis, &node)
    bracketedList(.item, "table or view", [], &node) { $0.parseEntity() }
    close(.closeParenthesis, &node)
    node.add(.with, optional: parseWithClause())
    return node.finish(at: previousEnd)
  }
}
