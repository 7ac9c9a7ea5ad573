import KQLSyntax
import SourceText

extension LintRule {
  static let unusedLet = LintRule(
    "HL005",
    "unused-let",
    .warning,
    "a `let` that nothing refers to",
    explanation: """
      A name that nothing refers to is what is left of an older query, or a sign that a filter \
      was forgotten: a list of allowed hosts that is declared and never applied lets every host \
      through. Files with declarations alone are taken as libraries, and views as tables that \
      `union *` and `search` find.
      """,
    example: LintExample(
      bad: "let Since = ago(1d); DeviceInfo | where Timestamp > ago(7d) | take 5",
      good: "let Since = ago(1d); DeviceInfo | where Timestamp > Since | take 5"
    )
  ) { context in
    guard context.subject.tree.diagnostics.isEmpty else { return [] }
    let root = context.subject.tree.root
    guard root.children(.statement).contains(where: { $0.kind == .queryStatement }) else {
      return []
    }
    return context.nodes(of: .queryBlock, .functionBody).flatMap { placed in
      UnusedStatements(placed.node, context).matches()
    }
  }
}

/// Looks for the uses of the names that a block declares.
private struct UnusedStatements {
  let block: SyntaxNode
  let context: LintContext

  init(_ block: SyntaxNode, _ context: LintContext) {
    self.block = block
    self.context = context
  }

  func matches() -> [LintMatch] {
    block.children(.statement).compactMap { statement in
      guard statement.kind == .letStatement, let label = statement.child(.name),
        !isView(statement)
      else { return nil }
      let name = context.name(label)
      guard !isUsed(name, after: statement.span.end) else { return nil }
      return LintMatch(
        "nothing refers to '\(name)'",
        at: label.span,
        help: "use it or remove the statement",
        fixIt: FixIt(
          "remove the statement",
          span: removal(of: statement),
          replacement: ""
        )
      )
    }
  }

  private func isView(_ statement: SyntaxNode) -> Bool {
    statement.child(.value)?.token(.view) != nil
  }

  /// Whether a name, of whatever kind, stands behind a place in the block.
  ///
  /// The scope of a name ends with its block; a column of the same name counts as a use.
  private func isUsed(_ name: String, after offset: Int) -> Bool {
    var isUsed = false
    block.forEachNode { node in
      guard !isUsed, node.span.end > offset else { return false }
      if node.span.start >= offset { isUsed = refers(node, to: name) }
      return !isUsed
    }
    return isUsed
  }

  private func refers(_ node: SyntaxNode, to name: String) -> Bool {
    switch node.kind {
    case .name: context.name(node) == name
    case .wildcardName: node.span.length > 1 && context.text(node).first == name.first
    default: false
    }
  }

  /// The statement with its semicolon, and with its line where nothing else is on it.
  private func removal(of statement: SyntaxNode) -> SourceSpan {
    let bytes = context.source.bytes
    let separator = block.tokens(.separator).first { $0.span.start >= statement.span.end }
    var end = separator.map(\.span.end) ?? statement.span.end
    var start = statement.span.start
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    let startsLine = start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    guard startsLine else { return SourceSpan(statement.span.start, end) }
    let isComment = end + 1 < bytes.count && bytes[end] == 0x2F && bytes[end + 1] == 0x2F
    let line = context.source.lineIndex(at: min(end, max(0, bytes.count - 1)))
    if isComment { end = context.source.lineSpan(line).end }
    if end < bytes.count, bytes[end] == 0x0D { end += 1 }
    if end < bytes.count, bytes[end] == 0x0A { end += 1 }
    return SourceSpan(start, end)
  }
}
