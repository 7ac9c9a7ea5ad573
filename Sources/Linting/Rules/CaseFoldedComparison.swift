import KQLSyntax
import SourceText

extension LintRule {
  static let caseFoldedComparison = LintRule(
    "HL004",
    "case-folded-comparison",
    .warning,
    "a text is lowered or raised only to be compared without case",
    explanation: """
      `tolower(x) == "a"` makes a new text for each row and keeps the index of terms from being \
      used. `x =~ "a"` compares without case as it is, `in~` does so for a list, and `has`, \
      `contains`, `startswith` and `endswith` ignore case anyway.
      A literal with a capital letter never equals a lowered text: that comparison is a mistake.
      """,
    example: LintExample(
      bad: #"DeviceProcessEvents | where tolower(FileName) == "cmd.exe""#,
      good: #"DeviceProcessEvents | where FileName =~ "cmd.exe""#
    )
  ) { context in
    context.nodes(of: .comparison, .stringMatch, .inExpression).compactMap { placed in
      FoldedComparison(placed.node, context)?.match()
    }
  }
}

/// An operator with `tolower(…)` or `toupper(…)` on its left.
private struct FoldedComparison {
  let node: SyntaxNode
  let call: SyntaxNode
  let argument: SyntaxNode
  let token: SyntaxToken
  let function: String
  let context: LintContext

  init?(_ node: SyntaxNode, _ context: LintContext) {
    guard let call = node.children(.operand).first, let function = context.callee(call),
      function == "tolower" || function == "toupper",
      let argument = call.children(.argument).first, argument.isTight,
      argument.kind != .stringLiteral, let token = node.token(.operator)
    else { return nil }
    self.node = node
    self.call = call
    self.argument = argument
    self.token = token
    self.function = function
    self.context = context
  }

  func match() -> LintMatch? {
    switch node.kind {
    case .comparison: matchEquality()
    case .inExpression: matchList()
    default: matchSearch()
    }
  }

  private func matchEquality() -> LintMatch? {
    guard let right = node.children(.operand).dropFirst().first,
      let replacement = token.kind == .equalEqual ? "=~" : token.kind == .notEqual ? "!~" : nil
    else { return nil }
    if let literal = context.literal(right) {
      guard literal.isASCII else { return nil }
      guard isFolded(literal) else { return neverEqual(right) }
      return fold(to: "\(context.text(argument)) \(replacement) \(context.text(right))")
    }
    guard context.callee(right) == function, let other = right.children(.argument).first,
      other.isTight
    else { return nil }
    return fold(to: "\(context.text(argument)) \(replacement) \(context.text(other))")
  }

  private func matchList() -> LintMatch? {
    let replacements: [Keyword: String] = [
      .in: "in~", .notIn: "!in~", .inInsensitive: "in~", .notInInsensitive: "!in~",
    ]
    let items = node.children(.item)
    let literals = items.compactMap(context.literal)
    guard let replacement = replacements[token.keyword], literals.count == items.count,
      literals.allSatisfy(\.isASCII)
    else { return nil }
    if token.keyword == .in || token.keyword == .notIn,
      let wrong = items.first(where: { !isFolded(context.literal($0) ?? "") })
    {
      return neverEqual(wrong)
    }
    let list = context.source.text(SourceSpan(token.span.end, node.span.end))
    return fold(to: "\(context.text(argument)) \(replacement)\(list)")
  }

  /// `has`, `contains` and the like ignore case by themselves.
  private func matchSearch() -> LintMatch? {
    let insensitive: [Keyword] = [
      .has, .notHas, .contains, .notContains, .notContainsWord, .startswith, .notStartswith,
      .endswith, .notEndswith, .hasprefix, .notHasprefix, .hassuffix, .notHassuffix,
    ]
    let ignoresCase =
      token.kind == .equalTilde || token.kind == .notTilde || insensitive.contains(token.keyword)
    guard ignoresCase, let right = node.children(.operand).dropFirst().first,
      context.literal(right)?.isASCII == true
    else { return nil }
    return LintMatch(
      "'\(function)' has no effect: '\(context.text(token))' ignores case",
      at: call.span,
      help: "compare the text as it is",
      fixIt: FixIt(
        "remove '\(function)'",
        span: call.span,
        replacement: context.text(argument)
      )
    )
  }

  private func fold(to replacement: String) -> LintMatch {
    LintMatch(
      "'\(function)' is only there to compare without case",
      at: node.span,
      help: "compare without case, as in '\(context.text(argument)) =~ …'",
      fixIt: FixIt("change to '\(replacement)'", span: node.span, replacement: replacement)
    )
  }

  private func neverEqual(_ right: SyntaxNode) -> LintMatch {
    LintMatch(
      "the result of '\(function)' never equals \(context.text(right))",
      at: right.span,
      help: "compare without case, as in '\(context.text(argument)) =~ \(context.text(right))'"
    )
  }

  private func isFolded(_ literal: String) -> Bool {
    literal == (function == "tolower" ? literal.lowercased() : literal.uppercased())
  }
}

extension String {
  /// Whether case is that of ASCII letters, of which each has one counterpart.
  fileprivate var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
