import SourceText

extension Parser {
  // grammar: findOperator
  mutating func parseFind() -> SyntaxNode {
    var node = NodeBuilder(.findOperator)
    node.add(.keyword, advance())
    parseDataScope(&node)
    parseParameters([], &node)
    parseTables(&node)
    let needsWhere = node.children.count > 1
    if needsWhere { expect(.where, .keyword, &node) } else { take(.where, .keyword, &node) }
    node.add(.predicate, requireExpression())
    if take(.projectSmart, .projectSmart, &node) {
    } else if take(.project, .keyword, &node) {
      openList(.project, "column", [], &node) { $0.parseFindColumn() }
    }
    if take(.underscoreProjectAway, .keyword, &node) {
      openList(.projectAway, "column", [], &node) { $0.parseFindColumn() }
    }
    return node.finish(at: previousEnd)
  }

  /// Reads the tables of `in (T1, T2*)`, also of search.
  // grammar: tables
  mutating func parseTables(_ node: inout NodeBuilder) {
    guard take(.in, .keyword, &node) else { return }
    open(.openParenthesis, &node)
    bracketedList(.item, "table", [], &node) { $0.parseTable() }
    close(.closeParenthesis, &node)
  }

  /// Reads a table of a list: a name, a wildcard, a path, or a pipeline in parentheses.
  // grammar: table
  mutating func parseTable() -> SyntaxNode? {
    at(.openParenthesis) ? parseParenthesized() : parseEntity()
  }

  // grammar: dataScopeClause
  mutating func parseDataScope(_ node: inout NodeBuilder) {
    guard at(.dataScope), peek(1).kind == .equal else { return }
    var parameter = NodeBuilder(.operatorParameter)
    parameter.add(.name, advance())
    parameter.add(.equals, advance())
    parameter.add(.value, parseParameterValue())
    node.add(.parameter, parameter.finish(at: previousEnd))
  }

  // grammar: findColumn
  private mutating func parseFindColumn() -> SyntaxNode? {
    if at(.pack), peek(1).kind == .openParenthesis { return parsePack() }
    return parseStar() ?? parseTypedName(declared: false)
  }

  // grammar: packExpression
  private mutating func parsePack() -> SyntaxNode {
    var node = NodeBuilder(.packExpression)
    node.add(.keyword, advance())
    open(.openParenthesis, &node)
    expect(.asterisk, .value, &node)
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }
}
