import KQLSyntax
import SourceText

extension LintRule {
  static let searchEverywhere = LintRule(
    "HL006",
    "search-everywhere",
    .warning,
    "`search` or `find` over every table there is",
    explanation: """
      `search` and `find` without `in (…)` read every column of every table. That is of use once, \
      to learn where a text occurs; a query that is kept should name its tables. `search *` \
      does not even say what it looks for.
      """,
    example: LintExample(
      bad: #"search "mimikatz""#,
      good: #"search in (DeviceProcessEvents, DeviceFileEvents) "mimikatz""#
    )
  ) { context in
    context.nodes(of: .searchOperator, .findOperator).compactMap { placed in
      guard placed.node.child(.item) == nil, let keyword = placed.node.token(.keyword),
        !placed.isStage
      else { return nil }
      let word = context.text(keyword)
      return LintMatch(
        "'\(word)' without 'in (…)' reads every table",
        at: keyword.span,
        help: "name the tables, as in '\(word) in (DeviceProcessEvents, DeviceFileEvents) …'"
      )
    }
  }
}

extension PlacedNode {
  /// Whether the node is an operator behind a source.
  var isStage: Bool {
    guard let parent, parent.kind == .pipeline else { return false }
    return parent.child(.source) !== node
  }
}
