import SourceText

extension Parser {
  // grammar: datatable
  mutating func parseDatatable() -> SyntaxNode? {
    guard !isFollowedByNameEnd else { return parseMisusedKeyword() }
    var node = NodeBuilder(.datatable)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.schema, requireRowSchema())
    open(.openBracket, &node)
    take(.comma, .separator, &node)
    bracketedList(.value, "literal", [.empty, .trailingComma], &node) { $0.parseLiteral() }
    close(.closeBracket, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: contextualDatatable
  mutating func parseContextualDatatable() -> SyntaxNode? {
    var node = NodeBuilder(.contextualDatatable)
    node.add(.keyword, advance())
    node.add(.id, parseLiteral() ?? requireExpression())
    node.add(.schema, requireRowSchema())
    return node.finish(at: previousEnd)
  }

  // grammar: externalData
  mutating func parseExternalData() -> SyntaxNode? {
    guard !isFollowedByNameEnd else { return parseMisusedKeyword() }
    var node = NodeBuilder(.externalData)
    node.add(.keyword, advance())
    parseParameters([], &node)
    node.add(.schema, requireRowSchema())
    open(.openBracket, &node)
    bracketedList(.value, "location", [.empty, .trailingComma], &node) { $0.parseExpression() }
    close(.closeBracket, &node)
    node.add(.with, optional: parseWithClause())
    return node.finish(at: previousEnd)
  }

  /// Reads `with (name = value, …)`.
  // grammar: withClause
  mutating func parseWithClause() -> SyntaxNode? {
    guard at(.with) else { return nil }
    var node = NodeBuilder(.withClause)
    node.add(.keyword, advance())
    open(.openParenthesis, &node)
    bracketedList(.property, "property", [.empty, .trailingComma], &node) { $0.parseProperty() }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: property
  private mutating func parseProperty() -> SyntaxNode? {
    guard nameLength(at: 0, declared: true) > 0 || peek(1).kind == .equal else { return nil }
    var node = NodeBuilder(.operatorParameter)
    for name in requireName(declared: true).children {
      if case .token(let token) = name.element { node.add(name.role, token) }
    }
    expect(.equal, .equals, &node)
    node.add(.value, parseLiteral() ?? parseWord() ?? parseName() ?? missing("value"))
    return node.finish(at: previousEnd)
  }

  // grammar: materializedViewCombine
  mutating func parseMaterializedViewCombine() -> SyntaxNode? {
    var node = NodeBuilder(.materializedViewCombine)
    node.add(.keyword, advance())
    parseCombinePart(.value, &node)
    expect(.base, .keyword, &node)
    parseCombinePart(.base, &node)
    expect(.delta, .keyword, &node)
    parseCombinePart(.delta, &node)
    expect(.aggregations, .keyword, &node)
    parseCombinePart(.aggregations, &node)
    return node.finish(at: previousEnd)
  }

  private mutating func parseCombinePart(_ role: SyntaxRole, _ node: inout NodeBuilder) {
    open(.openParenthesis, &node)
    let part = role == .aggregations ? parseOperator(asSource: false) : parsePipeline()
    node.add(role, part ?? missing("expression"))
    close(.closeParenthesis, &node)
  }

  // grammar: entityGroup
  mutating func parseEntityGroup() -> SyntaxNode? {
    guard at(.entityGroup), peek(1).kind == .openBracket else { return nil }
    var node = NodeBuilder(.entityGroup)
    node.add(.keyword, advance())
    open(.openBracket, &node)
    bracketedList(.item, "expression", [], &node) { $0.parseExpression() }
    close(.closeBracket, &node)
    return node.finish(at: previousEnd)
  }
}
