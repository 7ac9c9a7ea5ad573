import KQLBinding
import KQLSyntax
import SourceText

extension LintRule {
  /// Tables of state: each row says how something is, and old rows matter as new ones do.
  private static let stateTables: Set<String> = [
    "AIAgentsInfo", "AgentsInfo", "DeviceInfo", "DeviceNetworkInfo", "DeviceTvmInfoGathering",
    "DeviceTvmSecureConfigurationAssessment", "IdentityAccountInfo", "IdentityInfo",
    "OAuthAppInfo",
  ]

  static let timeFilterMissing = LintRule(
    "HL001",
    "time-filter-missing",
    .warning,
    "a table of events is read over all of its time",
    explanation: """
      Tables of events hold weeks to years. A query without a condition on their time column \
      reads all of it, wherever it runs without a time range of its own: in the API, in a \
      workbook, in a store. Restrict the time right after the table, before rows are aggregated \
      or joined.
      Nothing is said of tables without time, of tables of state such as DeviceInfo, of the \
      latest row of each key (arg_max by time), of take, and where a join pairs rows by their \
      time. A rule that its schedule gives a time range may be silenced.
      """,
    example: LintExample(
      bad: "DeviceProcessEvents | summarize count() by FileName",
      good: "DeviceProcessEvents | where Timestamp > ago(7d) | summarize count() by FileName"
    )
  ) { context in
    guard context.isSound else { return [] }
    let plans = context.subject.bound.results.map(\.plan)
    let unrestricted = TimeRestriction(plans, facts: context.facts).unrestricted
    return byUnion(unrestricted, context).compactMap { span, tables in
      let named = tables.subtracting(stateTables).sorted()
      guard let first = named.first else { return nil }
      let column = context.facts.timeColumns(of: first).first ?? "Timestamp"
      let what = named.count == 1 ? "'\(first)' is" : "\(named.count) tables are"
      return LintMatch(
        "\(what) read without a restriction of '\(column)'",
        at: span,
        help: "restrict the time first, as in '| where \(column) > ago(7d)'"
      )
    }
  }

  /// The tables that one `union` names are one finding, at the first of them.
  private static func byUnion(
    _ unrestricted: [SourceSpan: Set<String>],
    _ context: LintContext
  ) -> [SourceSpan: Set<String>] {
    var grouped = unrestricted
    for union in context.nodes(of: .unionOperator) {
      let spans = union.node.elements(in: .item).map(\.span).filter { grouped[$0] != nil }
      guard let first = spans.first else { continue }
      for span in spans.dropFirst() {
        let tables = grouped.removeValue(forKey: span) ?? []
        grouped[first]?.formUnion(tables)
      }
    }
    return grouped
  }
}
