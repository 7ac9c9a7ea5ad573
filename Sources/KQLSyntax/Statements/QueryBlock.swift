import SourceText

extension Parser {
  /// Reads a whole text.
  // grammar: queryBlock
  mutating func parseQueryBlock() -> SyntaxNode {
    var node = NodeBuilder(.queryBlock)
    while at(.directive) { node.add(.directive, advance()) }
    parseStatements(&node)
    while !at(.endOfText) {
      if startsManagementCommand {
        skipManagementCommand(&node)
        break
      }
      reportUnexpected()
      node.add(.skipped, optional: skip { $0.kind == .semicolon })
      if current.kind.isClosing { node.add(.skipped, skippedToken()) }
      parseStatements(&node)
    }
    node.add(.endOfText, current)
    return node.finish(at: 0)
  }

  /// Whether a command such as `.show tables` stands where a statement should begin.
  private var startsManagementCommand: Bool {
    let isFirst = position == 0 || peek(-1).kind == .semicolon || peek(-1).kind == .directive
    return isFirst && at(.dot) && peek(1).leadingTrivia.length == 0
      && (peek(1).kind == .identifier || peek(1).kind == .keyword)
  }

  /// Reports a command and skips it: it runs to the end of the text, for its own grammar is
  /// another.
  private mutating func skipManagementCommand(_ node: inout NodeBuilder) {
    let span = SourceSpan(current.span.start, peek(1).span.end)
    report(SyntaxDiagnostics.managementCommand(source.text(span), at: span))
    var skipped = NodeBuilder(.skippedTokens)
    while !at(.endOfText) { skipped.add(.skipped, advance()) }
    node.add(.skipped, skipped.finish(at: previousEnd))
  }

  /// Takes one token that fits nowhere.
  private mutating func skippedToken() -> SyntaxNode {
    var node = NodeBuilder(.skippedTokens)
    node.add(.skipped, advance())
    return node.finish(at: previousEnd)
  }

  /// Reads statements with `;` between them; empty statements are allowed.
  // grammar: statements
  mutating func parseStatements(_ node: inout NodeBuilder) {
    while true {
      while at(.semicolon) { node.add(.separator, advance()) }
      let start = position
      guard let statement = parseStatement() else { return }
      node.add(.statement, statement)
      guard position > start else { return }
      if startsStatement {
        report(
          SyntaxDiagnostics.missingSemicolon(at: previousEnd, found: describe(current))
        )
      } else if !at(.semicolon) {
        return
      }
    }
  }

  // grammar: statement
  private mutating func parseStatement() -> SyntaxNode? {
    switch current.keyword {
    case .alias where peek(1).keyword == .database: return nested { $0.parseAlias() }
    case .let: return nested { $0.parseLet() }
    case .set where nameLength(at: 1) > 0: return nested { $0.parseSet() }
    case .declare where peek(1).keyword == .pattern: return nested { $0.parsePattern() }
    case .declare: return nested { $0.parseQueryParameters() }
    case .restrict where peek(1).keyword == .access: return nested { $0.parseRestrict() }
    default: return parseQuery()
    }
  }

  // grammar: queryStatement
  private mutating func parseQuery() -> SyntaxNode? {
    guard let query = parsePipeline() else { return nil }
    var node = NodeBuilder(.queryStatement)
    node.add(.expression, query)
    return node.finish(at: previousEnd)
  }
}
