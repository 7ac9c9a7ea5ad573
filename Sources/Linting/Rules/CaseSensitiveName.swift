import KQLSyntax
import SourceText

extension LintRule {
  /// Columns whose case depends on who wrote the name first: a caller, an installer, a user.
  private static let namesOfAnyCase: Set<String> = [
    "FileName", "InitiatingProcessFileName", "InitiatingProcessParentFileName", "FolderPath",
    "InitiatingProcessFolderPath", "AccountName", "AccountDomain", "AccountUpn",
    "InitiatingProcessAccountName", "InitiatingProcessAccountDomain",
    "InitiatingProcessAccountUpn", "UserPrincipalName",
  ]

  static let caseSensitiveName = LintRule(
    "HL018",
    "case-sensitive-name",
    .hint,
    "`==` on a column whose case varies",
    explanation: """
      Names of files and accounts come in the case in which somebody wrote them: `cmd.exe`, \
      `CMD.EXE`, `Cmd.Exe`. `==` and `in` see one of them, so a change of case evades the query. \
      `=~` and `in~` see all. There is no fix-it, since the result may grow.
      """,
    example: LintExample(
      bad: #"DeviceProcessEvents | where FileName == "cmd.exe""#,
      good: #"DeviceProcessEvents | where FileName =~ "cmd.exe""#
    )
  ) { context in
    context.nodes(of: .comparison, .inExpression).compactMap { placed in
      guard let operand = placed.node.child(.operand), operand.kind == .name,
        namesOfAnyCase.contains(context.name(operand)),
        let token = placed.node.token(.operator), let better = insensitive(token),
        hasLetters(placed.node, context)
      else { return nil }
      let span = placed.node.kind == .comparison ? token.span : placed.node.span
      guard context.calls.at(span).contains(where: \.searchesColumn) else { return nil }
      return LintMatch(
        "the case of '\(context.name(operand))' varies, and '\(context.text(token))' heeds it",
        at: token.span,
        help: "use '\(better)'"
      )
    }
  }

  private static func insensitive(_ token: SyntaxToken) -> String? {
    switch token.kind {
    case .equalEqual: "=~"
    case .notEqual, .lessGreater: "!~"
    default: token.keyword == .in ? "in~" : token.keyword == .notIn ? "!in~" : nil
    }
  }

  /// Whether all that the column is compared with are texts, and one has letters.
  private static func hasLetters(_ node: SyntaxNode, _ context: LintContext) -> Bool {
    let others = node.children(.operand).dropFirst() + node.children(.item)
    let literals = others.compactMap(context.literal)
    return literals.count == others.count && literals.contains { $0.contains(where: \.isLetter) }
  }
}
