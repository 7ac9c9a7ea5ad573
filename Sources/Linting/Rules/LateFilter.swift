import KQLSyntax
import SourceText

extension LintRule {
  static let lateFilter = LintRule(
    "HL015",
    "late-filter",
    .hint,
    "a `where` behind `summarize` that only looks at its keys",
    explanation: """
      A condition on the keys of a `summarize` drops whole groups. Before it, it drops their rows, \
      so they are never grouped. The result is the same.
      """,
    example: LintExample(
      bad: #"""
        DeviceProcessEvents
        | where Timestamp > ago(1d)
        | summarize count() by FileName
        | where FileName startswith "p"
        """#,
      good: #"""
        DeviceProcessEvents
        | where Timestamp > ago(1d)
        | where FileName startswith "p"
        | summarize count() by FileName
        """#
    )
  ) { context in
    guard context.isSound else { return [] }
    return context.nodes(of: .pipeline).flatMap { placed in
      let stages = placed.node.children(.stage)
      return zip(stages, stages.dropFirst()).compactMap { first, second in
        lateFilter(first, second, context)
      }
    }
  }

  private static func lateFilter(
    _ first: SyntaxNode,
    _ second: SyntaxNode,
    _ context: LintContext
  ) -> LintMatch? {
    guard first.kind == .summarizeOperator, second.kind == .whereOperator,
      let predicate = second.child(.predicate)
    else { return nil }
    let keys = first.children(.by)
    guard !keys.isEmpty, keys.allSatisfy({ $0.kind == .name }), first.child(.bin) == nil,
      reads(predicate, only: Set(keys.map(context.name)), context)
    else { return nil }
    let between = context.source.text(SourceSpan(first.span.end, second.span.start))
    let moved = "\(context.text(second))\(between)\(context.text(first))"
    let isSimple = !moved.contains("//")
    return LintMatch(
      "the condition looks at keys of the 'summarize' before it only",
      at: second.span,
      help: "put it before the 'summarize', so that fewer rows are grouped",
      fixIt: isSimple
        ? FixIt(
          "move it before the 'summarize'",
          span: SourceSpan(first.span.start, second.span.end),
          replacement: moved
        ) : nil
    )
  }

  /// Whether an expression names nothing but some columns, one at least.
  private static func reads(
    _ expression: SyntaxNode,
    only columns: Set<String>,
    _ context: LintContext
  ) -> Bool {
    var names: Set<String> = []
    var isPlain = true
    expression.forEachNode { node in
      switch node.kind {
      case .name: names.insert(context.name(node))
      case .functionCall, .starExpression, .pipeline, .memberSegment: isPlain = false
      default: break
      }
      return isPlain
    }
    return isPlain && !names.isEmpty && names.isSubset(of: columns)
  }
}
