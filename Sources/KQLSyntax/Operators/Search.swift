import SourceText

extension Parser {
  // grammar: searchOperator
  mutating func parseSearch() -> SyntaxNode {
    var node = NodeBuilder(.searchOperator)
    node.add(.keyword, advance())
    parseParameters([], &node)
    parseDataScope(&node)
    parseTables(&node)
    node.add(.predicate, parseSearchPredicate())
    return node.finish(at: previousEnd)
  }

  /// Reads a predicate, which may be `*` or `* and predicate`.
  // grammar: searchPredicate
  private mutating func parseSearchPredicate() -> SyntaxNode {
    if let predicate = parseExpression() { return predicate }
    guard let star = parseStar() else { return missing("expression") }
    guard at(.and) else { return star }
    var node = NodeBuilder(.logicalAnd)
    node.add(.operand, star)
    node.add(.operator, advance())
    node.add(.operand, requireExpression())
    return node.finish(at: previousEnd)
  }
}
