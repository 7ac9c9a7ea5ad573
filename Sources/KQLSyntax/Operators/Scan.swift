import SourceText

extension Parser {
  // grammar: scanOperator
  mutating func parseScan() -> SyntaxNode {
    var node = NodeBuilder(.scanOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    if take(.order, .keyword, &node) {
      expect(.by, .keyword, &node)
      openList(.order, "expression", [], &node) { $0.parseOrderedExpression() }
    }
    if take(.partition, .keyword, &node) {
      expect(.by, .keyword, &node)
      openList(.partition, "expression", [], &node) { $0.parseExpression() }
    }
    parseScanDeclarations(&node)
    expect(.with, .keyword, &node)
    open(.openParenthesis, &node)
    while let step = parseScanStep() { node.add(.step, step) }
    if !at(.closeParenthesis) { skipToClose(&node) }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: scanDeclarations
  private mutating func parseScanDeclarations(_ node: inout NodeBuilder) {
    guard take(.declare, .keyword, &node) else { return }
    open(.openParenthesis, &node)
    bracketedList(.declare, "column declaration", .empty, &node) { $0.parseFunctionParameter() }
    close(.closeParenthesis, &node)
  }

  // grammar: scanStep
  private mutating func parseScanStep() -> SyntaxNode? {
    guard at(.step) else { return nil }
    var node = NodeBuilder(.scanStep)
    node.add(.keyword, advance())
    node.add(.name, requireName(declared: true))
    take(.optional, .optional, &node)
    if take(.output, .keyword, &node) {
      expect(.equal, .equals, &node)
      if at(.all) || at(.last) || at(.noneWord) {
        node.add(.output, advance())
      } else {
        reportExpected("'all', 'last' or 'none'")
        node.add(.output, missingToken(.keyword, .all))
      }
    }
    expect(.colon, .colon, &node)
    node.add(.condition, requireExpression())
    if take(.fatArrow, .arrow, &node) {
      openList(.assignment, "assignment", [], &node) { $0.parseScanAssignment() }
    }
    expect(.semicolon, .separator, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: scanAssignment
  private mutating func parseScanAssignment() -> SyntaxNode? {
    guard let name = parseDeclaredName() else { return nil }
    var node = NodeBuilder(.namedExpression)
    node.add(.name, name)
    expect(.equal, .equals, &node)
    node.add(.expression, requireExpression())
    return node.finish(at: previousEnd)
  }
}
