import KQLSyntax
import SourceText

extension LintRule {
  static let uselessSort = LintRule(
    "HL016",
    "useless-sort",
    .warning,
    "rows are sorted right before an operator that forgets their order",
    explanation: """
      `summarize`, `distinct` and `count` give no order to what they yield, and another `sort` or \
      `top` makes its own. Sorting all rows before them costs time and memory for nothing.
      Nothing is said where the aggregates depend on the order of rows, as make_list does. \
      The fix-it is offered before `count`, `distinct` and aggregates that do not depend on it.
      """,
    example: LintExample(
      bad: "DeviceInfo | where Timestamp > ago(1d) | sort by DeviceName asc | count",
      good: "DeviceInfo | where Timestamp > ago(1d) | count"
    )
  ) { context in
    context.nodes(of: .pipeline).flatMap { placed in
      let stages = placed.node.children(.stage)
      return zip(stages, stages.dropFirst()).compactMap { first, second in
        uselessSort(first, second, in: placed.node, context)
      }
    }
  }

  private static func uselessSort(
    _ first: SyntaxNode,
    _ second: SyntaxNode,
    in pipeline: SyntaxNode,
    _ context: LintContext
  ) -> LintMatch? {
    guard first.kind == .sortOperator, let keyword = first.token(.keyword),
      let forgets = forgetsOrder(second, context)
    else { return nil }
    let next = second.token(.keyword).map(context.text) ?? "what follows"
    return LintMatch(
      "the order is lost: '\(next)' makes its own",
      at: SourceSpan(keyword.span.start, first.span.end),
      help: "remove the '\(context.text(keyword))', or put it last",
      fixIt: forgets ? removal(of: first, from: pipeline, context) : nil
    )
  }

  private static let orderlessAggregates: Set<String> = [
    "count", "countif", "dcount", "dcountif", "count_distinct", "count_distinctif", "sum", "sumif",
    "min", "max", "minif", "maxif",
  ]

  /// Whether the result of an operator is the same for any order of its input; nil where the
  /// order may be meant.
  private static func forgetsOrder(_ stage: SyntaxNode, _ context: LintContext) -> Bool? {
    switch stage.kind {
    case .countOperator, .distinctOperator: return true
    // Rows that are equal to the second order keep the first one in practice.
    case .sortOperator, .topOperator: return false
    case .summarizeOperator:
      var callees: Set<String> = []
      for expression in stage.children(.expression) {
        expression.forEachNode { node in
          if let name = context.callee(node) { callees.insert(name) }
          return true
        }
      }
      return callees.isSubset(of: orderlessAggregates) ? true : nil
    default: return nil
    }
  }

  /// Removes an operator with the bar behind it; nil where a comment would go too.
  private static func removal(
    of stage: SyntaxNode,
    from pipeline: SyntaxNode,
    _ context: LintContext
  ) -> FixIt? {
    let bars = pipeline.tokens(.bar)
    guard let before = bars.last(where: { $0.span.end <= stage.span.start }),
      let after = bars.first(where: { $0.span.start >= stage.span.end })
    else { return nil }
    let span = SourceSpan(before.span.start, after.span.start)
    if context.source.text(span).contains("//") { return nil }
    return FixIt("remove the operator", span: span, replacement: "")
  }
}
