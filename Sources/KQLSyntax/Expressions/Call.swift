import SourceText

extension Parser {
  // grammar: functionCall
  mutating func parseFunctionCall() -> SyntaxNode? {
    let length = nameLength(at: 0)
    guard length > 0, peek(length).kind == .openParenthesis, let name = parseName() else {
      return nil
    }
    var node = NodeBuilder(.functionCall)
    node.add(.name, name)
    open(.openParenthesis, &node)
    bracketedList(.argument, "expression", .empty, &node) { $0.parseArgument() }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  /// Reads a call that must be there, as after `evaluate`.
  mutating func requireFunctionCall() -> SyntaxNode {
    if let call = parseFunctionCall() { return call }
    var node = NodeBuilder(.functionCall)
    node.add(.name, requireName())
    let isOpen = open(.openParenthesis, &node)
    if isOpen { bracketedList(.argument, "expression", .empty, &node) { $0.parseArgument() } }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: argument
  private mutating func parseArgument() -> SyntaxNode? {
    if at(.asterisk), peek(1).kind == .closeParenthesis || peek(1).kind == .comma {
      return parseStar()
    }
    return parseNamedExpression()
  }

  /// Reads an expression that may have a name before it: `a = b`, `(a, b) = f()`.
  // grammar: namedExpression
  mutating func parseNamedExpression() -> SyntaxNode? {
    let length = nameLength(at: 0, declared: true)
    if length > 0, peek(length).kind == .equal {
      var node = NodeBuilder(.namedExpression)
      node.add(.name, requireName(declared: true))
      expect(.equal, .equals, &node)
      node.add(.expression, requireExpression())
      return node.finish(at: previousEnd)
    }
    if let tuple = parseTupleNamedExpression() { return tuple }
    if isSpecialNameBeforeEqual || isMisusedNameBeforeEqual {
      return parseKeywordNamedExpression()
    }
    return parseExpression()
  }

  private var isSpecialNameBeforeEqual: Bool {
    current.keyword.isSpecialName && peek(1).kind == .equal
  }

  private var isMisusedNameBeforeEqual: Bool {
    at(.keyword) && peek(1).kind == .equal
  }

  /// Reads a named expression whose name is a keyword that would need brackets.
  private mutating func parseKeywordNamedExpression() -> SyntaxNode? {
    var node = NodeBuilder(.namedExpression)
    node.add(.name, requireName(declared: true))
    expect(.equal, .equals, &node)
    node.add(.expression, requireExpression())
    return node.finish(at: previousEnd)
  }

  mutating func requireNamedExpression() -> SyntaxNode {
    parseNamedExpression() ?? missing("expression")
  }

  // grammar: tupleNamedExpression
  private mutating func parseTupleNamedExpression() -> SyntaxNode? {
    guard startsTuple else { return nil }
    var node = NodeBuilder(.tupleNamedExpression)
    open(.openParenthesis, &node)
    bracketedList(.name, "name", .trailingComma, &node) { $0.parseDeclaredName() }
    close(.closeParenthesis, &node)
    expect(.equal, .equals, &node)
    node.add(.expression, requireExpression())
    return node.finish(at: previousEnd)
  }

  /// Whether `(a, b) =` follows.
  private var startsTuple: Bool {
    guard at(.openParenthesis) else { return false }
    var distance = 1
    while true {
      let length = nameLength(at: distance, declared: true)
      guard length > 0 else { return false }
      distance += length
      guard peek(distance).kind == .comma else { break }
      distance += 1
    }
    return peek(distance).kind == .closeParenthesis && peek(distance + 1).kind == .equal
  }

  // grammar: toScalar
  mutating func parseToScalar(_ kind: SyntaxKind) -> SyntaxNode? {
    guard peek(1).kind == .openParenthesis || peek(1).keyword == .kind else {
      return parseMisusedKeyword()
    }
    var node = NodeBuilder(kind)
    node.add(.keyword, advance())
    parseParameters([.kind], &node)
    parseInnerPipeline(&node)
    return node.finish(at: previousEnd)
  }

  // grammar: materialize
  mutating func parseMaterialize() -> SyntaxNode? {
    var node = NodeBuilder(.materialize)
    node.add(.keyword, advance())
    parseInnerPipeline(&node)
    return node.finish(at: previousEnd)
  }

  private mutating func parseInnerPipeline(_ node: inout NodeBuilder) {
    open(.openParenthesis, &node)
    node.add(.expression, parsePipeline() ?? missing("expression"))
    if !at(.closeParenthesis) { skipToClose(&node) }
    close(.closeParenthesis, &node)
  }
}
