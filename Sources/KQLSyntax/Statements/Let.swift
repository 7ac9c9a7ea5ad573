import SourceText

extension Parser {
  // grammar: letStatement
  mutating func parseLet() -> SyntaxNode {
    var node = NodeBuilder(.letStatement)
    node.add(.keyword, advance())
    node.add(.name, requireName())
    expect(.equal, .equals, &node)
    node.add(.value, parseLetValue())
    return node.finish(at: previousEnd)
  }

  // grammar: letValue
  private mutating func parseLetValue() -> SyntaxNode {
    if startsFunctionDeclaration { return parseFunctionDeclaration() }
    return parsePipeline() ?? missing("expression")
  }

  /// Whether `(a: type`, `()` or `view (` follows.
  private var startsFunctionDeclaration: Bool {
    if at(.view), peek(1).kind == .openParenthesis { return true }
    guard at(.openParenthesis) else { return false }
    switch peek(1).kind {
    case .closeParenthesis, .colon: return true
    case .asterisk: return peek(2).kind == .closeParenthesis
    default:
      let length = nameLength(at: 1, declared: true)
      return length > 0 && peek(1 + length).kind == .colon
        && peek(2 + length).kind != .stringLiteral
    }
  }

  // grammar: functionDeclaration
  private mutating func parseFunctionDeclaration() -> SyntaxNode {
    var node = NodeBuilder(.functionDeclaration)
    take(.view, .view, &node)
    open(.openParenthesis, &node)
    bracketedList(.parameter, "parameter", .empty, &node) { $0.parseFunctionParameter() }
    close(.closeParenthesis, &node)
    node.add(.body, parseFunctionBody())
    return node.finish(at: previousEnd)
  }

  // grammar: functionParameter
  mutating func parseFunctionParameter() -> SyntaxNode? {
    guard nameLength(at: 0, declared: true) > 0 || at(.colon) || peek(1).kind == .colon else {
      return nil
    }
    var node = NodeBuilder(.functionParameter)
    node.add(.name, requireName(declared: true))
    expect(.colon, .colon, &node)
    node.add(.type, parseTableType() ?? requireTypeName())
    if take(.equal, .equals, &node) {
      node.add(.defaultValue, parseLiteral() ?? parseName() ?? missing("literal"))
    }
    return node.finish(at: previousEnd)
  }

  /// Reads the type of a tabular parameter: `(*)` or `(a: long)`.
  // grammar: tableType
  private mutating func parseTableType() -> SyntaxNode? {
    parseRowSchema(allowsStar: true)
  }

  /// Reads the body of a function: statements, and at last an expression.
  // grammar: functionBody
  mutating func parseFunctionBody() -> SyntaxNode {
    var node = NodeBuilder(.functionBody)
    // Brackets around a body do not make its statements part of an expression.
    let outerBrackets = openBrackets
    openBrackets = 0
    defer { openBrackets = outerBrackets }
    expect(.openBrace, .open, &node)
    while let statement = parseBodyStatement() {
      node.add(.statement, statement)
      if !take(.semicolon, .separator, &node) {
        report(SyntaxDiagnostics.missingSemicolon(at: previousEnd, found: describe(current)))
        node.add(.separator, missingToken(.semicolon))
      }
    }
    node.add(.expression, optional: parsePipeline())
    take(.semicolon, .separator, &node)
    if !at(.closeBrace), !current.kind.isClosing, !at(.endOfText) {
      reportExpected("'}'")
      node.add(.skipped, optional: skip { _ in false })
    }
    expect(.closeBrace, .close, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: bodyStatement
  private mutating func parseBodyStatement() -> SyntaxNode? {
    if at(.let) { return nested { $0.parseLet() } }
    guard at(.declare) else { return nil }
    return nested { $0.parseQueryParameters() }
  }
}
