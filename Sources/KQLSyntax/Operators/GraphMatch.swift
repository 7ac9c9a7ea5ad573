import SourceText

extension Parser {
  // grammar: graphMatchOperator
  mutating func parseGraphMatch() -> SyntaxNode { parseGraphSearch(.graphMatchOperator) }

  // grammar: graphShortestPathsOperator
  mutating func parseGraphShortestPaths() -> SyntaxNode {
    parseGraphSearch(.graphShortestPathsOperator)
  }

  private mutating func parseGraphSearch(_ kind: SyntaxKind) -> SyntaxNode {
    var node = NodeBuilder(kind)
    node.add(.keyword, advance())
    parseParameters([.output], &node)
    openList(.pattern, "graph pattern", [], &node) { $0.parseGraphPattern() }
    if take(.where, .keyword, &node) { node.add(.predicate, requireExpression()) }
    if take(.project, .keyword, &node) {
      openList(.expression, "expression", [], &node) { $0.parseNamedExpression() }
    }
    return node.finish(at: previousEnd)
  }

  /// Reads nodes and edges in turn: `(a)-[e]->(b)`.
  // grammar: graphPattern
  private mutating func parseGraphPattern() -> SyntaxNode? {
    var node = NodeBuilder(.graphPattern)
    while let element = parseGraphNode() ?? parseGraphEdge() { node.add(.element, element) }
    return node.children.isEmpty ? nil : node.finish(at: previousEnd)
  }

  // grammar: graphNode
  private mutating func parseGraphNode() -> SyntaxNode? {
    guard at(.openParenthesis) else { return nil }
    var node = NodeBuilder(.graphNode)
    open(.openParenthesis, &node)
    node.add(.name, optional: parseName())
    if !at(.closeParenthesis) { skipToClose(&node) }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: graphEdge
  private mutating func parseGraphEdge() -> SyntaxNode? {
    var node = NodeBuilder(.graphEdge)
    if takeArrow([.minus, .minus, .greaterThan], &node)
      || takeArrow([.lessThan, .minus, .minus], &node) || takeArrow([.minus, .minus], &node)
    {
      return node.finish(at: previousEnd)
    }
    guard
      takeArrow([.minus, .openBracket], &node)
        || takeArrow([.lessThan, .minus, .openBracket], &node)
    else { return nil }
    node.add(.name, optional: parseName())
    node.add(.range, optional: parseGraphRange())
    if !takeArrow([.closeBracket, .minus, .greaterThan], &node),
      !takeArrow([.closeBracket, .minus], &node)
    {
      reportExpected("']-' or ']->'")
      node.add(.arrow, missingToken(.graphArrow))
    }
    return node.finish(at: previousEnd)
  }

  // grammar: graphRange
  private mutating func parseGraphRange() -> SyntaxNode? {
    guard at(.asterisk) else { return nil }
    var node = NodeBuilder(.graphRange)
    node.add(.keyword, advance())
    node.add(.lower, parseUnary() ?? missing("number"))
    expect(.dotDot, .range, &node)
    node.add(.upper, parseUnary() ?? missing("number"))
    return node.finish(at: previousEnd)
  }

  /// Reads tokens that stand side by side as one arrow.
  mutating func takeArrow(_ kinds: [TokenKind], _ node: inout NodeBuilder) -> Bool {
    for (distance, kind) in kinds.enumerated() {
      let token = peek(distance)
      guard token.kind == kind, distance == 0 || token.leadingTrivia.length == 0 else {
        return false
      }
    }
    let first = advance()
    for _ in 1..<kinds.count { _ = advance() }
    node.add(
      .arrow,
      SyntaxToken(
        .graphArrow,
        SourceSpan(first.span.start, previousEnd),
        triviaStart: first.triviaStart
      )
    )
    return true
  }
}
