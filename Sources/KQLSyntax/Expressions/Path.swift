import SourceText

extension Parser {
  /// Reads a primary expression with the members and elements taken of it: `a.b["c"][0]`.
  // grammar: path
  mutating func parsePath() -> SyntaxNode? {
    guard let base = parsePrimary() else { return nil }
    guard at(.dot) || at(.openBracket) else { return base }
    return pathNode(base) { $0.parseMember() }
  }

  /// Reads the path of a table: names, calls and elements, ending in a name with `*` where one is:
  /// `cluster("c").database("d").T*`.
  // grammar: entity
  mutating func parseEntity() -> SyntaxNode? {
    if let wildcard = parseWildcardName() { return wildcard }
    guard let base = parseMember() ?? parseMisusedKeyword() else { return nil }
    guard at(.dot) || at(.openBracket) else { return base }
    return pathNode(base) { $0.parseWildcardName() ?? $0.parseMember() }
  }

  /// Reads the path of a column, without calls, so that a bracket after it begins something else.
  // grammar: columnPath
  mutating func parseColumnPath() -> SyntaxNode? {
    guard let base = parsePlainMember() ?? parseMisusedKeyword() else { return nil }
    guard at(.dot) || at(.openBracket) else { return base }
    return pathNode(base) { $0.parsePlainMember() }
  }

  private mutating func pathNode(
    _ base: SyntaxNode,
    member: (inout Parser) -> SyntaxNode?
  ) -> SyntaxNode {
    var node = NodeBuilder(.path)
    node.add(.base, base)
    while true {
      if at(.dot) {
        node.add(.segment, parseDotSegment(member))
      } else if at(.openBracket) {
        node.add(.segment, parseElementSegment(NodeBuilder(.elementSegment)))
      } else {
        return node.finish(at: previousEnd)
      }
    }
  }

  /// Reads `.name`, `.call()` or the old `.[0]`.
  // grammar: memberSegment
  private mutating func parseDotSegment(
    _ member: (inout Parser) -> SyntaxNode?
  ) -> SyntaxNode {
    let isElement =
      peek(1).kind == .openBracket && nameLength(at: 1) == 0 && !startsWildcardName(at: 2)
    var node = NodeBuilder(isElement ? .elementSegment : .memberSegment)
    node.add(.dot, advance())
    if isElement { return parseElementSegment(node) }
    node.add(.member, member(&self) ?? requireName())
    return node.finish(at: previousEnd)
  }

  // grammar: elementSegment
  private mutating func parseElementSegment(_ start: NodeBuilder) -> SyntaxNode {
    var node = start
    open(.openBracket, &node)
    node.add(.expression, requireExpression())
    close(.closeBracket, &node)
    return node.finish(at: previousEnd)
  }

  // grammar: member
  private mutating func parseMember() -> SyntaxNode? {
    parseBracketedWildcardName() ?? parseFunctionCall() ?? parsePlainMember()
  }

  // grammar: plainMember
  private mutating func parsePlainMember() -> SyntaxNode? {
    parseAt() ?? parseSpecialName() ?? parseName()
  }

  // grammar: atExpression
  mutating func parseAt() -> SyntaxNode? {
    guard at(.atSign) else { return nil }
    var node = NodeBuilder(.atExpression)
    node.add(.value, advance())
    return node.finish(at: previousEnd)
  }

  /// Reads `kind` or `withsource` as a name.
  // grammar: specialName
  mutating func parseSpecialName() -> SyntaxNode? {
    guard current.keyword.isSpecialName else { return nil }
    var node = NodeBuilder(.name)
    node.add(.name, advance())
    return node.finish(at: previousEnd)
  }
}
