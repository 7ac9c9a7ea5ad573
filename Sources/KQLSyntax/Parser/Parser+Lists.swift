import SourceText

/// What may stand after the last item of a list.
struct ListOptions: OptionSet {
  let rawValue: Int
  /// A comma may follow the last item.
  static let trailingComma = ListOptions(rawValue: 1)
  /// There may be no item at all.
  static let empty = ListOptions(rawValue: 2)
}

extension Parser {
  /// Reads items between commas up to a closing bracket, with recovery between the items.
  ///
  /// `what` names an item in messages.
  mutating func bracketedList(
    _ role: SyntaxRole,
    _ what: String,
    _ options: ListOptions,
    _ node: inout NodeBuilder,
    item: (inout Parser) -> SyntaxNode?
  ) {
    if current.kind.isClosing || at(.endOfText) {
      if !options.contains(.empty) { node.add(role, missing(what)) }
      return
    }
    while true {
      let start = position
      node.add(role, item(&self) ?? missing(what))
      if recoversMissingComma(&node), position > start { continue }
      recoverInList(&node)
      guard take(.comma, .separator, &node) else { return }
      if current.kind.isClosing {
        if !options.contains(.trailingComma) { node.add(role, missing(what)) }
        return
      }
      if position == start { return }
    }
  }

  /// Reads items between commas where nothing closes the list, as in `project a, b`.
  mutating func openList(
    _ role: SyntaxRole,
    _ what: String,
    _ options: ListOptions,
    _ node: inout NodeBuilder,
    item: (inout Parser) -> SyntaxNode?
  ) {
    guard let first = item(&self) else {
      if at(.comma) || !options.contains(.empty) { node.add(role, missing(what)) }
      if !at(.comma) { return }
      return restOfOpenList(role, what, &node, item)
    }
    node.add(role, first)
    restOfOpenList(role, what, &node, item)
  }

  private mutating func restOfOpenList(
    _ role: SyntaxRole,
    _ what: String,
    _ node: inout NodeBuilder,
    _ item: (inout Parser) -> SyntaxNode?
  ) {
    while take(.comma, .separator, &node) { node.add(role, item(&self) ?? missing(what)) }
  }

  /// A stand-in for an item that is missing, with its diagnostic.
  mutating func missing(_ what: String) -> SyntaxNode {
    reportMissing(what)
    return missingExpression()
  }

  /// Reports that a comma is missing where the next item follows at once.
  private mutating func recoversMissingComma(_ node: inout NodeBuilder) -> Bool {
    guard startsOperand(current) else { return false }
    if canReport {
      report(SyntaxDiagnostics.missingComma(found: describe(current), at: previousEnd))
    }
    node.add(.separator, missingToken(.comma))
    return true
  }

  /// Whether a token can only be the start of an operand.
  func startsOperand(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .identifier, .stringLiteral, .longLiteral, .intLiteral, .realLiteral, .decimalLiteral,
      .boolLiteral, .datetimeLiteral, .timespanLiteral, .guidLiteral:
      true
    default: false
    }
  }

  /// Skips what stands between an item and the next comma or closing bracket.
  private mutating func recoverInList(_ node: inout NodeBuilder) {
    guard !at(.comma), !current.kind.isClosing, !endsStage(current) else { return }
    reportExpected("',' or a closing bracket")
    let skipped = skip { $0.kind == .comma || $0.kind == .semicolon || $0.kind == .bar }
    node.add(.skipped, optional: skipped)
  }

  /// Whether a token ends an operator of a pipeline, whatever comes before it.
  func endsStage(_ token: SyntaxToken) -> Bool {
    switch token.kind {
    case .bar, .semicolon, .endOfText, .closeParenthesis, .closeBracket, .closeBrace: true
    default: false
    }
  }
}
