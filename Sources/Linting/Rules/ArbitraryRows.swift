import KQLSyntax
import SourceText

extension LintRule {
  static let arbitraryRows = LintRule(
    "HL017",
    "arbitrary-rows",
    .hint,
    "`take` of any rows, of which the rest of the query makes more",
    explanation: """
      `take` gives any rows, others each time. Before a `summarize`, `join`, `distinct`, `count` \
      or `sort` the answer then depends on which rows came first: counts are too low and matches \
      are missed. Use `top`, or `sort` before it, or leave it for the end. `sample` says that a \
      random part is meant.
      """,
    example: LintExample(
      bad: """
        DeviceEvents
        | where Timestamp > ago(1d)
        | take 1000
        | summarize count() by ActionType
        """,
      good: """
        DeviceEvents
        | where Timestamp > ago(1d)
        | summarize count() by ActionType
        | take 1000
        """
    )
  ) { context in
    context.nodes(of: .pipeline).flatMap { placed in
      arbitraryRows(placed.node.children(.stage), context)
    }
  }

  private static func arbitraryRows(
    _ stages: [SyntaxNode],
    _ context: LintContext
  ) -> [LintMatch] {
    let aggregating: Set<SyntaxKind> = [
      .summarizeOperator, .joinOperator, .lookupOperator, .distinctOperator, .countOperator,
      .makeSeriesOperator, .sortOperator, .topOperator,
    ]
    var isOrdered = false
    var found: [LintMatch] = []
    for (index, stage) in stages.enumerated() {
      switch stage.kind {
      case .sortOperator, .topOperator: isOrdered = true
      case .summarizeOperator, .distinctOperator, .joinOperator, .unionOperator: isOrdered = false
      case .takeOperator where !isOrdered && index + 1 < stages.count:
        let next = stages[index + 1]
        guard aggregating.contains(next.kind), let keyword = stage.token(.keyword),
          let following = next.token(.keyword)
        else { continue }
        found.append(
          LintMatch(
            "'\(context.text(keyword))' gives any rows, and '\(context.text(following))' "
              + "depends on which",
            at: stage.span,
            help: "use 'top', or put it last"
          )
        )
      default: continue
      }
    }
    return found
  }
}
