import SourceText

extension Parser {
  // grammar: patternStatement
  mutating func parsePattern() -> SyntaxNode {
    var node = NodeBuilder(.patternStatement)
    node.add(.keyword, advance())
    node.add(.keyword, advance())
    node.add(.name, requireName())
    node.add(.declaration, optional: parsePatternDeclaration())
    return node.finish(at: previousEnd)
  }

  // grammar: patternDeclaration
  private mutating func parsePatternDeclaration() -> SyntaxNode? {
    guard at(.equal) else { return nil }
    var node = NodeBuilder(.patternDeclaration)
    node.add(.equals, advance())
    open(.openParenthesis, &node)
    bracketedList(.parameter, "parameter", .empty, &node) { $0.parseFunctionParameter() }
    close(.closeParenthesis, &node)
    if at(.openBracket) {
      open(.openBracket, &node)
      node.add(.pathParameter, parseFunctionParameter() ?? missing("parameter"))
      close(.closeBracket, &node)
    }
    open(.openBrace, &node)
    if !at(.openParenthesis) { node.add(.match, missing("pattern match")) }
    while let match = parsePatternMatch() { node.add(.match, match) }
    if !at(.closeBrace), !current.kind.isClosing, !at(.endOfText) {
      reportExpected("'}'")
      node.add(.skipped, optional: skip { _ in false })
    }
    close(.closeBrace, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: patternMatch
  private mutating func parsePatternMatch() -> SyntaxNode? {
    guard at(.openParenthesis) else { return nil }
    var node = NodeBuilder(.patternMatch)
    open(.openParenthesis, &node)
    bracketedList(.value, "value", [], &node) { $0.parseExpression() }
    close(.closeParenthesis, &node)
    if take(.dot, .dot, &node) {
      open(.openBracket, &node)
      node.add(.pathValue, parseLiteral() ?? missing("string literal"))
      close(.closeBracket, &node)
    }
    expect(.equal, .equals, &node)
    node.add(.body, parseFunctionBody())
    expect(.semicolon, .separator, &node)
    return node.finish(at: previousEnd)
  }
}
