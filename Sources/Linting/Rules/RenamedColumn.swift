import KQLSyntax
import SourceText

extension LintRule {
  /// Columns that hold the values of several older ones, in another form.
  private static let mergedColumns: Set<String> = ["ThreatTypes", "DetectionMethods"]

  static let renamedColumn = LintRule(
    "HL011",
    "renamed-column",
    .warning,
    "a column that has another name now",
    explanation: """
      Defender renamed columns, such as `FinalEmailAction` of `EmailEvents` to `EmailAction`. The \
      old name is an error; this rule says which one took its place. Where two old columns became \
      one, the values may differ: `MalwareFilterVerdict` and `PhishFilterVerdict` are \
      `ThreatTypes`; there is no fix-it then.
      """,
    example: LintExample(
      bad: "EmailEvents | where Timestamp > ago(1d) and FinalEmailAction == 'Block'",
      good: "EmailEvents | where Timestamp > ago(1d) and EmailAction == 'Block'"
    )
  ) { context in
    let unknown = Set(
      context.subject.diagnostics.filter { $0.code == "KS142" }.map(\.span)
    )
    if unknown.isEmpty { return [] }
    let names = context.nodes(of: .name)
    let tables = Set(names.map { context.name($0.node) })
    return names.compactMap { placed in
      guard unknown.contains(placed.node.span) else { return nil }
      let name = context.name(placed.node)
      let present = tables.sorted().lazy.compactMap {
        context.facts.renamedColumn(name, in: $0)
      }.first
      guard let present else { return nil }
      return LintMatch(
        "the column '\(name)' is called '\(present)' now",
        at: placed.node.span,
        fixIt: mergedColumns.contains(present)
          ? nil
          : FixIt("change to '\(present)'", span: placed.node.span, replacement: present)
      )
    }
  }
}
