import SourceText

extension Parser {
  /// Reads an expression that may be a pipeline; a lone expression or operator is answered as it
  /// is.
  // grammar: pipeline
  mutating func parsePipeline() -> SyntaxNode? {
    let source =
      Self.startsOperator(current) && depth < Self.depthCap
      ? nested { $0.parseOperator(asSource: true) ?? $0.parseExpression() } : parseExpression()
    guard at(.bar) || (source != nil && needsRecovery) else { return source }
    return parseStages(after: source)
  }

  private mutating func parseStages(after source: SyntaxNode?) -> SyntaxNode {
    var node = NodeBuilder(.pipeline)
    node.add(.source, source ?? missing("table"))
    guard depth < Self.depthCap else {
      node.add(.skipped, optional: skipTooDeep())
      return node.finish(at: previousEnd)
    }
    depth += 1
    defer { depth -= 1 }
    recoverStage(&node)
    while at(.bar) {
      node.add(.bar, advance())
      node.add(.stage, parseStage())
      recoverStage(&node)
    }
    return node.finish(at: previousEnd)
  }

  /// Reads an operator that must be there.
  // grammar: stage
  private mutating func parseStage() -> SyntaxNode {
    if let stage = parseOperator(asSource: false) { return stage }
    var node = NodeBuilder(.unknownOperator)
    if isDoubledBar {
      let span = SourceSpan(peek(-1).span.start, current.span.end)
      report(
        SyntaxDiagnostics.foreignSyntax(
          "'||'",
          at: span,
          help: "conditions are joined by 'or'",
          replacement: "or"
        )
      )
      node.add(.skipped, advance())
    } else if canReport {
      report(
        SyntaxDiagnostics.operatorExpected(
          describe(current),
          at: errorSpan,
          suggestion: operatorSuggestion
        )
      )
    }
    let isNested = openBrackets > 0
    let skipped = skip {
      $0.kind == .bar || $0.kind == .semicolon || (isNested && $0.kind == .comma)
    }
    for token in skipped?.tokens(.skipped) ?? [] { node.add(.skipped, token) }
    return node.finish(at: previousEnd)
  }

  /// Whether `||` stands where an operator is expected.
  private var isDoubledBar: Bool {
    at(.bar) && peek(-1).kind == .bar && current.leadingTrivia.length == 0
  }

  /// Reads a single operator as a sub-query without parentheses.
  mutating func parseSingleStage() -> SyntaxNode? {
    var node = NodeBuilder(.pipeline)
    node.add(.stage, parseStage())
    return node.finish(at: previousEnd)
  }

  /// Reads a sub-query in parentheses whose input is that of the enclosing operator.
  // grammar: subquery
  mutating func parseSubquery(_ node: inout NodeBuilder) {
    open(.openParenthesis, &node)
    node.add(.subquery, nested { $0.parseSubqueryPipeline() } ?? missing("query operator"))
    if !at(.closeParenthesis) { skipToClose(&node) }
    close(.closeParenthesis, &node)
  }

  private mutating func parseSubqueryPipeline() -> SyntaxNode? {
    if at(.contextualDatatable) { return parsePipeline() }
    var node = NodeBuilder(.pipeline)
    guard !current.kind.isClosing, !at(.endOfText) else { return nil }
    node.add(.stage, parseStage())
    recoverStage(&node)
    while at(.bar) {
      node.add(.bar, advance())
      node.add(.stage, parseStage())
      recoverStage(&node)
    }
    return node.finish(at: previousEnd)
  }

  /// Whether the current token cannot go on after a complete operator.
  private var needsRecovery: Bool {
    !endsStage(current) && openBrackets == 0 && !startsStatement
  }

  /// Skips what was not understood after an operator, up to the next `|` or `;`.
  private mutating func recoverStage(_ node: inout NodeBuilder) {
    guard !endsStage(current), !startsStatement else { return }
    if openBrackets > 0, at(.comma) { return }
    reportUnexpected()
    let isNested = openBrackets > 0
    let skipped = skip {
      $0.kind == .bar || $0.kind == .semicolon || (isNested && $0.kind == .comma)
    }
    node.add(.skipped, optional: skipped)
  }

  /// Whether the current token is `let` at the start of a line, so that a `;` is missing before it.
  var startsStatement: Bool {
    guard at(.let) || at(.set) || at(.declare) else { return false }
    return isName(peek(1)) && openBrackets == 0
  }
}
