import SourceText

extension Parser {
  /// Reads an operand without members or operators.
  // grammar: primary
  mutating func parsePrimary() -> SyntaxNode? {
    switch current.kind {
    case .openParenthesis: return parseParenthesized()
    case .openBracket: return parseBracketedWildcardName() ?? parseName() ?? parseBracketed()
    case .keyword: return parseKeywordPrimary()
    case .identifier: return parseFunctionCall() ?? parseNameWithScope()
    case .openBrace: return parseName()
    case .atSign: return parseAt()
    default: return parsePlainLiteral()
    }
  }

  private mutating func parseKeywordPrimary() -> SyntaxNode? {
    switch current.keyword {
    case .dynamic: parseDynamic() ?? parseMisusedKeyword()
    case .typeof: parseTypeof() ?? parseNameWithScope()
    case .datatable: parseDatatable()
    case .contextualDatatable: parseContextualDatatable()
    case .externaldata, .externalDataWord: parseExternalData()
    case .inlineExternalTable where !isFollowedByNameEnd: parseInlineExternalTable()
    case .materializedViewCombine: parseMaterializedViewCombine()
    case .toscalar: parseToScalar(.toScalar)
    case .totable: parseToScalar(.toTable)
    case .materialize where peek(1).kind == .openParenthesis: parseMaterialize()
    case .entityGroup where peek(1).kind == .openBracket: parseEntityGroup()
    default:
      parseFunctionCall() ?? parseSpecialName() ?? parseNameWithScope() ?? parseMisusedKeyword()
    }
  }

  /// Reads a keyword where only a name makes sense, and reports that it needs brackets.
  mutating func parseMisusedKeyword() -> SyntaxNode? {
    guard at(.keyword), isFollowedByNameEnd, peek(1).kind != .comma else { return nil }
    return requireName()
  }

  // grammar: parenthesized
  mutating func parseParenthesized() -> SyntaxNode? {
    guard at(.openParenthesis) else { return nil }
    var node = NodeBuilder(.parenthesized)
    open(.openParenthesis, &node)
    node.add(.expression, parsePipeline() ?? missing("expression"))
    if !at(.closeParenthesis) { skipToClose(&node) }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  /// Reports and skips what stands before the closing bracket of the current brackets.
  mutating func skipToClose(_ node: inout NodeBuilder) {
    guard !current.kind.isClosing, !at(.endOfText), !at(.semicolon) else { return }
    reportExpected("')'")
    node.add(.skipped, optional: skip { $0.kind == .semicolon })
  }

  /// Reads `[expression]` where no name is meant.
  // grammar: bracketed
  private mutating func parseBracketed() -> SyntaxNode? {
    var node = NodeBuilder(.parenthesized)
    open(.openBracket, &node)
    node.add(.expression, requireExpression())
    close(.closeBracket, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: starExpression
  mutating func parseStar() -> SyntaxNode? {
    guard at(.asterisk) else { return nil }
    var node = NodeBuilder(.starExpression)
    node.add(.value, advance())
    return node.finish(at: previousEnd)
  }

  /// Reads a name, with `datascope=hotcache` where that follows.
  // grammar: nameWithScope
  private mutating func parseNameWithScope() -> SyntaxNode? {
    guard let name = parseName() else { return nil }
    guard at(.dataScope), peek(1).kind == .equal else { return name }
    var node = NodeBuilder(.dataScope)
    node.add(.base, name)
    node.add(.keyword, advance())
    node.add(.equals, advance())
    node.add(.value, parseWord() ?? requireName())
    return node.finish(at: previousEnd)
  }

  /// Reads any word, keyword or not, as a name.
  // grammar: word
  mutating func parseWord() -> SyntaxNode? {
    guard at(.identifier) || at(.keyword) else { return nil }
    var node = NodeBuilder(.name)
    node.add(.name, advance())
    return node.finish(at: previousEnd)
  }
}
