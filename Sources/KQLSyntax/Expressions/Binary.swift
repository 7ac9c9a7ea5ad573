import SourceText

extension Parser {
  /// Reads an expression without pipes.
  // grammar: expression
  mutating func parseExpression() -> SyntaxNode? {
    nested { $0.parseLogicalOr() }
  }

  mutating func requireExpression(_ what: String = "expression") -> SyntaxNode {
    parseExpression() ?? missing(what)
  }

  // grammar: logicalOr
  private mutating func parseLogicalOr() -> SyntaxNode? {
    chain(.logicalOr, { $0.parseLogicalAnd() }, { $0.keyword == .or })
  }

  // grammar: logicalAnd
  private mutating func parseLogicalAnd() -> SyntaxNode? {
    chain(.logicalAnd, { $0.parseEquality() }, { $0.keyword == .and })
  }

  /// Reads a comparison that does not chain: `a == b == c` needs parentheses.
  // grammar: equality
  private mutating func parseEquality() -> SyntaxNode? {
    guard let left = parseStarComparison() ?? parseRelational() else { return nil }
    guard let kind = BinaryOperator.equality(current), !isMakeSeriesRange else { return left }
    var node = NodeBuilder(kind)
    node.add(.operand, left)
    node.add(.operator, advance())
    switch kind {
    case .inExpression: parseInItems(&node)
    case .betweenExpression: parseBetweenBounds(&node)
    default: node.add(.operand, parseRelational() ?? missing("expression"))
    }
    return node.finish(at: previousEnd)
  }

  /// Whether `in range(…)` of make-series follows, which is no `in` operator.
  private var isMakeSeriesRange: Bool { at(.in) && peek(1).keyword == .range }

  /// Reads the `*` of `* == "x"` and `* has "x"`, which stands for every column.
  // grammar: starComparison
  private mutating func parseStarComparison() -> SyntaxNode? {
    guard at(.asterisk), peek(1).kind == .equalEqual else { return nil }
    return parseStar()
  }

  // grammar: inItems
  private mutating func parseInItems(_ node: inout NodeBuilder) {
    open(.openParenthesis, &node)
    bracketedList(.item, "expression", [], &node) { $0.parsePipeline() }
    close(.closeParenthesis, &node)
  }

  // grammar: betweenBounds
  private mutating func parseBetweenBounds(_ node: inout NodeBuilder) {
    open(.openParenthesis, &node)
    node.add(.lower, parseExpression() ?? missing("expression"))
    expect(.dotDot, .range, &node)
    node.add(.upper, parseExpression() ?? missing("expression"))
    close(.closeParenthesis, &node)
  }

  // grammar: relational
  private mutating func parseRelational() -> SyntaxNode? {
    pair(.comparison, { $0.parseAdditive() }, BinaryOperator.relational)
  }

  // grammar: additive
  private mutating func parseAdditive() -> SyntaxNode? {
    chain(.addition, { $0.parseMultiplicative() }, BinaryOperator.additive)
  }

  // grammar: multiplicative
  private mutating func parseMultiplicative() -> SyntaxNode? {
    chain(.multiplication, { $0.parseStringMatch() }, BinaryOperator.multiplicative)
  }

  // grammar: stringMatch
  private mutating func parseStringMatch() -> SyntaxNode? {
    if at(.asterisk), BinaryOperator.stringMatch(peek(1)) {
      return pair(.stringMatch, { $0.parseStar() ?? $0.parseUnary() }, BinaryOperator.stringMatch)
    }
    return pair(.stringMatch, { $0.parseUnary() }, BinaryOperator.stringMatch)
  }

  /// Reads one `-` or `+` before an operand; two in a row need parentheses.
  // grammar: unary
  mutating func parseUnary() -> SyntaxNode? {
    guard at(.minus) || at(.plus) else { return parsePath() }
    var node = NodeBuilder(.unary)
    node.add(.operator, advance())
    node.add(.operand, parsePath() ?? missing("expression"))
    return node.finish(at: previousEnd)
  }

  /// Reads operands with operators between them as one flat node.
  private mutating func chain(
    _ kind: SyntaxKind,
    _ operand: (inout Parser) -> SyntaxNode?,
    _ isOperator: (SyntaxToken) -> Bool
  ) -> SyntaxNode? {
    guard let first = operand(&self) else { return nil }
    guard isOperator(current) else { return first }
    var node = NodeBuilder(kind)
    node.add(.operand, first)
    while isOperator(current) {
      node.add(.operator, advance())
      node.add(.operand, operand(&self) ?? missing("expression"))
    }
    return node.finish(at: previousEnd)
  }

  /// Reads an operand, and where an operator follows, that and one more operand.
  private mutating func pair(
    _ kind: SyntaxKind,
    _ operand: (inout Parser) -> SyntaxNode?,
    _ isOperator: (SyntaxToken) -> Bool
  ) -> SyntaxNode? {
    guard let first = operand(&self) else { return nil }
    guard isOperator(current) else { return first }
    var node = NodeBuilder(kind)
    node.add(.operand, first)
    node.add(.operator, advance())
    node.add(.operand, operand(&self) ?? missing("expression"))
    return node.finish(at: previousEnd)
  }
}
