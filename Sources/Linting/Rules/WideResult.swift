import KQLBinding
import KQLSyntax
import SourceText

extension LintRule {
  /// More columns than a person reads.
  private static let wideColumnCount = 25

  static let wideResult = LintRule(
    "HL019",
    "wide-result",
    .hint,
    "all columns of a wide table are returned",
    explanation: """
      A query that ends without `project`, `summarize` or `distinct` returns every column of its \
      table, dozens that nobody reads: slow to fetch, hard to see through, and other ones when the \
      table grows. Name the columns that matter with `project`.
      Nothing is said of up to 25 columns, of queries that end with `take`, and of charts.
      """,
    example: LintExample(
      bad: "DeviceProcessEvents | where Timestamp > ago(1d) and FileName =~ 'psexec.exe'",
      good: """
        DeviceProcessEvents
        | where Timestamp > ago(1d) and FileName =~ 'psexec.exe'
        | project Timestamp, DeviceName, AccountName, ProcessCommandLine
        """
    )
  ) { context in
    guard context.isSound else { return [] }
    let statements = context.subject.tree.root.children(.statement).filter {
      $0.kind == .queryStatement
    }
    let results = context.subject.bound.results
    guard statements.count == results.count else { return [] }
    return zip(statements, results).compactMap { statement, result in
      guard result.columns.count > wideColumnCount, !result.isOpen, result.render == nil,
        let pipeline = statement.child(.expression), pipeline.kind == .pipeline,
        let last = pipeline.children(.stage).last, !shapes(pipeline)
      else { return nil }
      return LintMatch(
        "the result has \(result.columns.count) columns",
        at: last.span,
        help: "end with '| project …' and the columns that matter"
      )
    }
  }

  /// Whether the query chooses columns, or ends with a few rows to look at.
  private static func shapes(_ pipeline: SyntaxNode) -> Bool {
    let keeping: Set<SyntaxKind> = [
      .whereOperator, .extendOperator, .sortOperator, .topOperator, .serializeOperator,
      .asOperator, .mvExpandOperator, .parseOperator, .parseWhereOperator, .invokeOperator,
    ]
    return pipeline.children(.stage).contains { !keeping.contains($0.kind) }
  }
}
