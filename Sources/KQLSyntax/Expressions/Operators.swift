import SourceText

/// An operator whose right operand is being read, with what stands before it.
private struct OpenOperator {
  let level: BinaryLevel
  var node: NodeBuilder
}

extension Parser {
  /// Reads an expression without pipes.
  ///
  /// One loop serves all levels of precedence, so that depth of nesting costs little stack.
  // grammar: expression
  mutating func parseExpression() -> SyntaxNode? {
    guard depth < Self.depthCap else { return skipTooDeep() }
    depth += 1
    defer { depth -= 1 }
    guard let first = parseOperand() else { return nil }
    return BinaryLevel(current) == nil ? first : parseOperators(after: first)
  }

  mutating func requireExpression(_ what: String = "expression") -> SyntaxNode {
    parseExpression() ?? missing(what)
  }

  private mutating func parseOperators(after first: SyntaxNode) -> SyntaxNode {
    var open: [OpenOperator] = []
    var operand = first
    // The tightest level that may go on: after `in (…)` only `and` and `or` may.
    var tightest = BinaryLevel.stringMatch
    while let level = BinaryLevel(current), level <= tightest, !isMakeSeriesRange {
      while let last = open.last, last.level > level { operand = close(&open, operand) }
      if open.last?.level == level {
        guard level.isChain else { break }
        open[open.count - 1].node.add(.operand, operand)
        open[open.count - 1].node.add(.operator, advance())
        operand = requireOperand()
        tightest = .stringMatch
        continue
      }
      let kind = level.kind(current)
      var node = NodeBuilder(kind)
      node.add(.operand, operand)
      node.add(.operator, advance())
      if kind == .inExpression || kind == .betweenExpression {
        operand = kind == .inExpression ? parseInItems(node) : parseBetweenBounds(node)
        tightest = .and
      } else {
        open.append(OpenOperator(level: level, node: node))
        operand = requireOperand()
        tightest = .stringMatch
      }
    }
    while !open.isEmpty { operand = close(&open, operand) }
    return operand
  }

  private func close(_ open: inout [OpenOperator], _ operand: SyntaxNode) -> SyntaxNode {
    guard var last = open.popLast() else { return operand }
    last.node.add(.operand, operand)
    return last.node.finish(at: previousEnd)
  }

  private mutating func requireOperand() -> SyntaxNode { parseOperand() ?? missing("expression") }

  /// Reads what stands between binary operators; `*` stands for every column before `==`, `has` …
  // grammar: operand
  private mutating func parseOperand() -> SyntaxNode? {
    guard at(.asterisk) else { return parseUnary() }
    let isStar = peek(1).kind == .equalEqual || BinaryLevel(peek(1)) == .stringMatch
    return isStar ? parseStar() : nil
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

  /// Whether `in range(…)` of make-series follows, which is no `in` operator.
  private var isMakeSeriesRange: Bool { at(.in) && peek(1).keyword == .range }

  // grammar: inItems
  private mutating func parseInItems(_ start: NodeBuilder) -> SyntaxNode {
    var node = start
    open(.openParenthesis, &node)
    bracketedList(.item, "expression", [], &node) { $0.parsePipeline() }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: betweenBounds
  private mutating func parseBetweenBounds(_ start: NodeBuilder) -> SyntaxNode {
    var node = start
    open(.openParenthesis, &node)
    node.add(.lower, requireExpression())
    expect(.dotDot, .range, &node)
    node.add(.upper, requireExpression())
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }
}
