import SourceText

/// Looks for mistakes of hunters in a query text.
public struct Linter: Sendable {
  private let rules: [LintRule]
  private let codes: Set<String>
  private let facts: any SchemaFacts

  /// - Parameter rules: the rules to apply; what parser and binder report is a finding anyway.
  public init(rules: [LintRule] = LintRule.all, facts: any SchemaFacts) {
    self.rules = rules
    self.facts = facts
    codes = Set(rules.map(\.code))
  }

  /// Finds, in text order, leaving out what comments silence.
  public func lint(_ subject: LintSubject) -> [LintFinding] {
    let context = LintContext(subject, facts: facts)
    var findings = subject.diagnostics.map { LintFinding($0, ruleName: nil) }
    for rule in rules { findings += rule.check(context).map { LintFinding($0, of: rule) } }
    let silenced = silence(findings, context)
    return silenced.sorted { left, right in
      let first = left.diagnostic
      let second = right.diagnostic
      return (first.span.start, first.span.end, first.code)
        < (second.span.start, second.span.end, second.code)
    }
  }

  /// Leaves out what comments silence, and adds what there is to say of the comments.
  private func silence(_ findings: [LintFinding], _ context: LintContext) -> [LintFinding] {
    let suppressions = Suppression.all(in: context.subject.tree)
    if suppressions.isEmpty { return findings }
    var silenced: Set<Int> = []
    var remarks: [LintFinding] = []
    for suppression in suppressions {
      for target in suppression.targets {
        guard target.isAll || target.rule != nil else {
          remarks += remark(unknown: target)
          continue
        }
        let covered = findings.indices.filter { index in
          isSilenced(findings[index], by: target)
            && suppression.covers(findings[index].diagnostic, in: context.source)
        }
        if covered.isEmpty { remarks += remark(unused: target) }
        silenced.formUnion(covered)
      }
    }
    return findings.indices.filter { !silenced.contains($0) }.map { findings[$0] } + remarks
  }

  /// Whether a comment means a finding; what is no finding of a rule cannot be silenced.
  private func isSilenced(_ finding: LintFinding, by target: Suppression.Target) -> Bool {
    guard let name = finding.ruleName else { return false }
    return target.isAll || target.rule?.name == name
  }

  private func remark(unknown target: Suppression.Target) -> [LintFinding] {
    let rule = LintRule.unknownSuppression
    guard codes.contains(rule.code) else { return [] }
    let match = LintMatch(
      "there is no rule '\(target.text)'",
      at: target.span,
      help: "'harrier lint --list' shows the rules"
    )
    return [LintFinding(match, of: rule)]
  }

  /// A comment for a rule that was not applied may be of use when it is.
  private func remark(unused target: Suppression.Target) -> [LintFinding] {
    let rule = LintRule.unusedSuppression
    let isApplied =
      target.isAll
      ? codes.count == LintRule.all.count : target.rule.map { codes.contains($0.code) } ?? false
    guard codes.contains(rule.code), isApplied else { return [] }
    let match = LintMatch(
      "the comment silences nothing: '\(target.text)' finds nothing here",
      at: target.span,
      help: "remove it"
    )
    return [LintFinding(match, of: rule)]
  }
}
