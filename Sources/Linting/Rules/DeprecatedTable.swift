import KQLBinding
import KQLSyntax
import QueryPlan
import SourceText

extension LintRule {
  static let deprecatedTable = LintRule(
    "HL010",
    "deprecated-table",
    .warning,
    "a table that another one has replaced",
    explanation: """
      Defender renamed tables: `AADSignInEventsBeta` is `EntraIdSignInEvents` from December 2025 \
      on, `AADSpnSignInEventsBeta` is `EntraIdSpnSignInEvents`, `AppFileEvents` went into \
      `CloudAppEvents` in 2021. Queries over the old ones find nothing sooner or later. The \
      fix-it is offered where the new table has every column that the query names or returns.
      """,
    example: LintExample(
      bad: "AADSignInEventsBeta | where Timestamp > ago(1d) | take 5",
      good: "EntraIdSignInEvents | where Timestamp > ago(1d) | take 5"
    )
  ) { context in
    let names = context.nodes(of: .name)
    let returned = context.subject.bound.results.flatMap { $0.columns.map(\.name) }
    let mentioned = Set(names.map { context.name($0.node) }).union(returned)
    let declared = Set(
      context.nodes(of: .letStatement).compactMap { $0.node.child(.name).map(context.name) }
    )
    return names.compactMap { placed in
      let name = context.name(placed.node)
      guard let parent = placed.parent, SyntaxKind.tableHolders.contains(parent.kind),
        let successor = context.facts.successor(of: name), !declared.contains(name)
      else { return nil }
      let columns = context.facts.columnNames(of: name)
      let lost = columns.subtracting(context.facts.columnNames(of: successor))
      let isLike = !columns.isEmpty && lost.isDisjoint(with: mentioned)
      return LintMatch(
        "'\(successor)' took the place of the table '\(name)'",
        at: placed.node.span,
        help: "read '\(successor)'",
        fixIt: isLike
          ? FixIt("change to '\(successor)'", span: placed.node.span, replacement: successor)
          : nil
      )
    }
  }
}

extension SyntaxKind {
  /// The nodes in which a name may be that of a table.
  fileprivate static let tableHolders: Set<SyntaxKind> = [
    .pipeline, .queryStatement, .functionBody, .parenthesized, .letStatement, .materialize,
    .toScalar, .inExpression, .unionOperator, .joinOperator, .lookupOperator, .searchOperator,
    .findOperator,
  ]
}
