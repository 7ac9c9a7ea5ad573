import KQLSyntax
import SourceText

extension LintRule {
  static let unionEverything = LintRule(
    "HL007",
    "union-everything",
    .warning,
    "`union *` reads every table there is",
    explanation: """
      `union *` makes one table of all, with every column that any of them has. It is slow, it \
      changes whenever a table is added, and types that differ split columns in two. Name the \
      tables, or use a pattern such as `Device*`.
      """,
    example: LintExample(
      bad: "union * | where Timestamp > ago(1h) | summarize count() by DeviceName",
      good: "union Device* | where Timestamp > ago(1h) | summarize count() by DeviceName"
    )
  ) { context in
    context.nodes(of: .unionOperator).flatMap { placed in
      placed.node.elements(in: .item).compactMap { item in
        guard context.source.text(item.span) == "*" else { return nil }
        return LintMatch(
          "'union *' reads every table",
          at: item.span,
          help: "name the tables, or a pattern such as Device*"
        )
      }
    }
  }
}
