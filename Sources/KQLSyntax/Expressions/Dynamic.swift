import SourceText

extension Parser {
  // grammar: dynamicLiteral
  mutating func parseDynamic() -> SyntaxNode? {
    guard at(.dynamic), peek(1).kind == .openParenthesis else { return nil }
    var node = NodeBuilder(.dynamicLiteral)
    node.add(.keyword, advance())
    open(.openParenthesis, &node)
    node.add(.value, parseJSONValue() ?? missing("JSON value"))
    if !at(.closeParenthesis) { skipToClose(&node) }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  /// Reads a value inside `dynamic(…)`: JSON, with single-quoted strings and nested literals.
  // grammar: jsonValue
  private mutating func parseJSONValue() -> SyntaxNode? {
    switch current.kind {
    case .openBracket: nested { $0.parseJSONArray() }
    case .openBrace: parseName() ?? nested { $0.parseJSONObject() }
    case .minus: parseJSONNegative()
    case .keyword where at(.null): parseNull()
    case .keyword where at(.dynamic): nested { $0.parseDynamic() }
    case .intLiteral: nil
    default: parsePlainLiteral()
    }
  }

  // grammar: jsonArray
  private mutating func parseJSONArray() -> SyntaxNode? {
    var node = NodeBuilder(.jsonArray)
    open(.openBracket, &node)
    bracketedList(.item, "JSON value", .empty, &node) { $0.parseJSONValue() }
    close(.closeBracket, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: jsonObject
  private mutating func parseJSONObject() -> SyntaxNode? {
    var node = NodeBuilder(.jsonObject)
    open(.openBrace, &node)
    bracketedList(.pair, "JSON key and value", .empty, &node) { $0.parseJSONPair() }
    close(.closeBrace, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: jsonPair
  private mutating func parseJSONPair() -> SyntaxNode? {
    guard at(.stringLiteral) || at(.colon) else { return nil }
    var node = NodeBuilder(.jsonPair)
    if at(.stringLiteral) {
      var name = NodeBuilder(.stringLiteral)
      name.add(.value, advance())
      node.add(.name, name.finish(at: previousEnd))
    } else {
      node.add(.name, missing("string literal"))
    }
    expect(.colon, .colon, &node)
    node.add(.value, parseJSONValue() ?? missing("JSON value"))
    return node.finish(at: previousEnd)
  }

  // grammar: jsonNegative
  private mutating func parseJSONNegative() -> SyntaxNode? {
    let number = peek(1).kind
    guard number == .longLiteral || number == .realLiteral else { return nil }
    var node = NodeBuilder(.unary)
    node.add(.operator, advance())
    node.add(.operand, parsePlainLiteral() ?? missingExpression())
    return node.finish(at: previousEnd)
  }

  // grammar: nullLiteral
  private mutating func parseNull() -> SyntaxNode? {
    var node = NodeBuilder(.nullLiteral)
    node.add(.value, advance())
    return node.finish(at: previousEnd)
  }
}
