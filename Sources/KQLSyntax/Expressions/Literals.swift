import SourceText

extension Parser {
  /// Reads a literal; a number may have a sign right before it.
  // grammar: literal
  mutating func parseLiteral() -> SyntaxNode? {
    switch current.kind {
    case .plus, .minus: parseSignedNumber()
    case .keyword:
      switch current.keyword {
      case .dynamic: parseDynamic()
      case .typeof: parseTypeof()
      default: nil
      }
    case .openBrace: parseName()
    default: parsePlainLiteral()
    }
  }

  /// Reads a literal that is one token, or adjacent string literals.
  // grammar: plainLiteral
  mutating func parsePlainLiteral() -> SyntaxNode? {
    guard let kind = current.kind.literalKind else { return nil }
    if kind == .stringLiteral { return parseString() }
    if at(.rawGuidLiteral) {
      report(SyntaxDiagnostics.rawGuid(source.text(current.span), at: current.span))
    }
    var node = NodeBuilder(kind)
    node.add(.value, advance())
    return node.finish(at: previousEnd)
  }

  // grammar: stringLiteral
  mutating func parseString() -> SyntaxNode? {
    guard at(.stringLiteral) else { return nil }
    var node = NodeBuilder(.stringLiteral)
    while at(.stringLiteral) { node.add(.value, advance()) }
    return node.finish(at: previousEnd)
  }

  // grammar: signedNumber
  private mutating func parseSignedNumber() -> SyntaxNode? {
    let number = peek(1)
    guard number.leadingTrivia.length == 0, isWrittenNumber(number) else { return nil }
    var node = NodeBuilder(.unary)
    node.add(.operator, advance())
    node.add(.operand, parsePlainLiteral() ?? missingExpression())
    return node.finish(at: previousEnd)
  }

  /// Whether a token is a number that starts with a digit, not `long(1)` or the like.
  private func isWrittenNumber(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .longLiteral, .realLiteral, .timespanLiteral:
      token.span.length > 0 && CharacterClass.isDigit(source.bytes[token.span.start])
    default: false
    }
  }

  // grammar: typeofLiteral
  mutating func parseTypeof() -> SyntaxNode? {
    guard at(.typeof), peek(1).kind == .openParenthesis else { return nil }
    var node = NodeBuilder(.typeofLiteral)
    node.add(.keyword, advance())
    open(.openParenthesis, &node)
    bracketedList(.type, "type name", .empty, &node) { $0.parseTypeofItem() }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: typeofItem
  private mutating func parseTypeofItem() -> SyntaxNode? {
    if let star = parseStar() { return star }
    let length = nameLength(at: 0, declared: true)
    if length > 0, peek(length).kind == .colon { return parseColumnDeclaration() }
    return parseTypeName()
  }
}

extension TokenKind {
  /// The kind of node that a literal token makes.
  var literalKind: SyntaxKind? {
    switch self {
    case .longLiteral: .longLiteral
    case .intLiteral: .intLiteral
    case .realLiteral: .realLiteral
    case .decimalLiteral: .decimalLiteral
    case .boolLiteral: .boolLiteral
    case .datetimeLiteral: .datetimeLiteral
    case .timespanLiteral: .timespanLiteral
    case .guidLiteral, .rawGuidLiteral: .guidLiteral
    case .stringLiteral: .stringLiteral
    default: nil
    }
  }
}
