import KQLSyntax
import SourceText

extension LintRule {
  static let joinKindMissing = LintRule(
    "HL009",
    "join-kind-missing",
    .warning,
    "a join without `kind` keeps one row of the left side for each key",
    explanation: """
      Without `kind`, a join is `innerunique`: of left rows with the same key only one, whichever \
      comes first, takes part. Hunters who think of SQL expect `inner` and lose events. Write the \
      kind that is meant; the fix-it writes `innerunique`, which changes nothing.
      """,
    example: LintExample(
      bad: "DeviceInfo | join (DeviceLogonEvents) on DeviceId",
      good: "DeviceInfo | join kind=inner (DeviceLogonEvents) on DeviceId"
    )
  ) { context in
    context.nodes(of: .joinOperator).compactMap { placed in
      guard let keyword = placed.node.token(.keyword), let source = placed.node.child(.source),
        source.kind != .missingExpression,
        !placed.node.children(.parameter).contains(where: { context.isNamed($0, "kind") })
      else { return nil }
      return LintMatch(
        "a join without 'kind' is 'innerunique': one left row for each key",
        at: keyword.span,
        help: "write the kind that is meant: inner, leftouter, leftanti, …",
        fixIt: FixIt(
          "write 'kind=innerunique', which changes nothing",
          span: .at(keyword.span.end),
          replacement: " kind=innerunique"
        )
      )
    }
  }
}

extension LintContext {
  /// Whether an operator's parameter has a name.
  func isNamed(_ parameter: SyntaxNode, _ name: String) -> Bool {
    parameter.token(.name).map(text) == name
  }
}
