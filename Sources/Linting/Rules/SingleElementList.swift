import Columnar
import KQLSyntax
import SourceText

extension LintRule {
  static let singleElementList = LintRule(
    "HL013",
    "single-element-list",
    .hint,
    "a list of one text",
    explanation: """
      `x in ("a")` is `x == "a"`, `x in~ ("a")` is `x =~ "a"`, `x has_any ("a")` is `x has "a"`. \
      The shorter form says so.
      """,
    example: LintExample(
      bad: #"DeviceProcessEvents | where FileName in~ ("cmd.exe")"#,
      good: #"DeviceProcessEvents | where FileName =~ "cmd.exe""#
    )
  ) { context in
    let replacements: [Keyword: String] = [
      .in: "==", .notIn: "!=", .inInsensitive: "=~", .notInInsensitive: "!~", .hasAny: "has",
      .hasAll: "has",
    ]
    return context.nodes(of: .inExpression).compactMap { placed in
      let items = placed.node.children(.item)
      guard items.count == 1, let item = items.first, context.literal(item) != nil,
        let operand = placed.node.child(.operand), operand.isTight,
        let token = placed.node.token(.operator), let replacement = replacements[token.keyword],
        context.calls.at(placed.node.span).contains(where: { $0.takes(.string, at: 0) })
      else { return nil }
      let span = SourceSpan(token.span.start, placed.node.span.end)
      let text = "\(replacement) \(context.text(item))"
      return LintMatch(
        "the list has one text only",
        at: span,
        help: "'\(replacement)' says the same",
        fixIt: FixIt("change to '\(text)'", span: span, replacement: text)
      )
    }
  }
}
