import SourceText

/// A recursive-descent parser over the tokens of one text.
///
/// Each function of a production carries the name of the production in a `// grammar:` comment. A
/// function that answers an optional node reads nothing where the production does not begin; all
/// others always answer a node, with missing tokens and a diagnostic where text is lacking.
struct Parser {
  /// How deep productions may nest; the stack of a thread bounds it.
  static let depthCap = 500

  let source: SourceText
  let tokens: [SyntaxToken]
  var position = 0
  var depth = 0
  /// How many brackets are open around the current token.
  var openBrackets = 0
  var diagnostics: [Diagnostic] = []
  private var lastErrorStart = -1
  private var hasReportedDepth = false

  init(_ source: SourceText) {
    var lexer = Lexer(source)
    lexer.run()
    self.source = source
    tokens = lexer.tokens
    diagnostics = lexer.diagnostics
  }

  // MARK: Looking

  /// The token to read next; `endOfText` at the end.
  var current: SyntaxToken { tokens[position] }

  func peek(_ distance: Int) -> SyntaxToken {
    tokens[max(0, min(position + distance, tokens.count - 1))]
  }

  func at(_ kind: TokenKind) -> Bool { tokens[position].kind == kind }

  func at(_ keyword: Keyword) -> Bool { tokens[position].keyword == keyword }

  /// Where the text read so far ends.
  var previousEnd: Int { position == 0 ? 0 : tokens[position - 1].span.end }

  /// How a token is called in a message.
  func describe(_ token: SyntaxToken) -> String {
    guard token.kind != .endOfText else { return "the end of the text" }
    let text = source.text(SourceSpan(token.span.start, min(token.span.end, token.span.start + 40)))
    return "'\(text)'"
  }

  // MARK: Reading

  /// Steps over the current token; the end of the text stays.
  mutating func advance() -> SyntaxToken {
    let token = tokens[position]
    if token.kind != .endOfText { position += 1 }
    return token
  }

  @discardableResult
  mutating func take(_ kind: TokenKind, _ role: SyntaxRole, _ node: inout NodeBuilder) -> Bool {
    guard at(kind) else { return false }
    node.add(role, advance())
    return true
  }

  @discardableResult
  mutating func take(
    _ keyword: Keyword,
    _ role: SyntaxRole = .keyword,
    _ node: inout NodeBuilder
  ) -> Bool {
    guard at(keyword) else { return false }
    node.add(role, advance())
    return true
  }

  /// Reads a token of a kind, or reports it and adds a missing one.
  @discardableResult
  mutating func expect(
    _ kind: TokenKind,
    _ role: SyntaxRole,
    _ node: inout NodeBuilder
  ) -> Bool {
    if take(kind, role, &node) { return true }
    reportExpected("'\(kind.text)'")
    node.add(role, missingToken(kind))
    return false
  }

  @discardableResult
  mutating func expect(
    _ keyword: Keyword,
    _ role: SyntaxRole = .keyword,
    _ node: inout NodeBuilder
  ) -> Bool {
    if take(keyword, role, &node) { return true }
    reportExpected("'\(keyword.rawValue)'")
    node.add(role, missingToken(.keyword, keyword))
    return false
  }

  func missingToken(_ kind: TokenKind, _ keyword: Keyword = .none) -> SyntaxToken {
    SyntaxToken(
      kind,
      .at(previousEnd),
      triviaStart: previousEnd,
      keyword: keyword,
      isMissing: true
    )
  }

  /// Reads an opening bracket that is known to be there or reports that it is missing.
  @discardableResult
  mutating func open(_ kind: TokenKind, _ node: inout NodeBuilder) -> Bool {
    openBrackets += 1
    return expect(kind, .open, &node)
  }

  /// Reads the bracket that closes the last one opened in a node, or reports that it is missing.
  mutating func close(_ kind: TokenKind, _ node: inout NodeBuilder) {
    openBrackets -= 1
    if take(kind, .close, &node) { return }
    if canReport, let open = node.lastOpen, !open.isMissing {
      let (line, column) = source.position(at: open.span.start)
      report(
        SyntaxDiagnostics.unclosedBracket(
          kind.text,
          found: describe(current),
          at: errorSpan,
          help: "closes the bracket of line \(line), column \(column)"
        )
      )
    } else {
      reportExpected("'\(kind.text)'")
    }
    node.add(.close, missingToken(kind))
  }

  // MARK: Reporting

  /// Reports a finding unless one was already reported at the same place.
  mutating func report(_ diagnostic: Diagnostic) {
    guard diagnostics.count < SyntaxDiagnostics.limit * 2 else { return }
    guard diagnostic.span.start != lastErrorStart else { return }
    lastErrorStart = diagnostic.span.start
    diagnostics.append(diagnostic)
  }

  /// Whether a finding at the current token would be kept and is not the lexer's, so that it is
  /// worth making.
  var canReport: Bool {
    diagnostics.count < SyntaxDiagnostics.limit * 2 && lastErrorStart != current.span.start
      && !at(.unexpected)
  }

  /// Reports that something else should stand where the current token is.
  mutating func reportExpected(_ what: String) {
    guard canReport else { return }
    report(SyntaxDiagnostics.expected(what, found: describe(current), at: errorSpan))
  }

  /// Reports that a part is missing before the current token.
  mutating func reportMissing(_ what: String) {
    guard canReport else { return }
    let keyword = at(.keyword) ? current.keyword.rawValue : nil
    report(
      SyntaxDiagnostics.missing(
        what,
        found: describe(current),
        at: errorSpan,
        keyword: keyword
      )
    )
  }

  /// Where to point for an error at the current token: the token, or the end of the text read.
  var errorSpan: SourceSpan {
    at(.endOfText) ? .at(current.span.start) : current.span
  }

  // MARK: Depth

  /// Goes one level deeper, runs a production, and comes back; beyond the cap the text up to the
  /// end of the enclosing brackets is skipped.
  mutating func nested(_ production: (inout Parser) -> SyntaxNode?) -> SyntaxNode? {
    guard depth < Self.depthCap else { return skipTooDeep() }
    depth += 1
    defer { depth -= 1 }
    return production(&self)
  }

  mutating func skipTooDeep() -> SyntaxNode? {
    if !hasReportedDepth {
      hasReportedDepth = true
      report(SyntaxDiagnostics.tooDeep(Self.depthCap, at: errorSpan))
    }
    lastErrorStart = -1
    let skipped = skip { _ in false }
    lastErrorStart = current.span.start
    return skipped ?? missingExpression()
  }

  func missingExpression() -> SyntaxNode {
    var node = NodeBuilder(.missingExpression)
    node.add(.value, missingToken(.identifier))
    return node.finish(at: previousEnd)
  }

  // MARK: Skipping

  /// Skips tokens, brackets with what they hold, up to a token for which `stop` answers true, a
  /// closing bracket that is not opened inside, or the end of the text.
  mutating func skip(until stop: (SyntaxToken) -> Bool) -> SyntaxNode? {
    var node = NodeBuilder(.skippedTokens)
    var brackets = 0
    while !at(.endOfText) {
      if brackets == 0, current.kind.isClosing || stop(current) { break }
      if current.kind.isOpening { brackets += 1 }
      if current.kind.isClosing { brackets -= 1 }
      node.add(.skipped, advance())
    }
    return node.children.isEmpty ? nil : node.finish(at: previousEnd)
  }
}

extension TokenKind {
  var isOpening: Bool {
    switch self {
    case .openParenthesis, .openBracket, .openBrace: true
    default: false
    }
  }

  var isClosing: Bool {
    switch self {
    case .closeParenthesis, .closeBracket, .closeBrace: true
    default: false
    }
  }

  /// What the token looks like; a description where it may look different.
  var text: String {
    switch self {
    case .openParenthesis: "("
    case .closeParenthesis: ")"
    case .openBracket: "["
    case .closeBracket: "]"
    case .openBrace: "{"
    case .closeBrace: "}"
    case .dotDot: ".."
    case .comma: ","
    case .semicolon: ";"
    case .colon: ":"
    case .equal: "="
    case .asterisk: "*"
    case .stringLiteral: "string literal"
    default: "\(self)"
    }
  }
}
