import Findings
import Hunting
import Linting
import SourceText

/// What the rules of `harrier lint` find in query files that were run.
struct BatchLint {
  private let engine = HuntingEngine()

  /// Findings of rules, hints left out; those of parser and binder are the run's own.
  func findings(_ outcome: FileOutcome) -> [Finding] {
    guard let source = outcome.source else { return [] }
    let checked = engine.check(source)
    let subject = LintSubject(
      tree: checked.tree,
      bound: checked.bound,
      diagnostics: checked.diagnostics
    )
    let linter = Linter(facts: KnownTables(schemas: engine.schemas))
    let findings = linter.lint(subject).filter { finding in
      finding.ruleName != nil && finding.diagnostic.severity > .hint
    }
    return LintedFile(path: outcome.path, source: source, findings: findings).checked.findings
  }
}
