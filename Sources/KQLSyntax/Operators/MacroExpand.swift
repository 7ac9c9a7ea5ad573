import SourceText

extension Parser {
  // grammar: macroExpandOperator
  mutating func parseMacroExpand() -> SyntaxNode {
    var node = NodeBuilder(.macroExpandOperator)
    node.add(.keyword, advance())
    parseParameters([.bestEffort], &node)
    if peek(1).keyword == .in, isName(current) {
      node.add(.name, requireName())
      node.add(.keyword, advance())
      node.add(.group, parseEntityGroup() ?? requireName())
    } else {
      node.add(.group, parseEntityGroup() ?? requireExpression("entity group"))
      expect(.as, .keyword, &node)
      node.add(.name, requireName())
    }
    open(.openParenthesis, &node)
    parseStatements(&node)
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }
}
