public import Findings
public import SourceText

/// A rule of the linter: what it looks for, why, and how it is looked for.
public struct LintRule: Sendable {
  /// `HLnnn`; never reused for another rule.
  public let code: String
  /// The name in kebab-case, which comments and options take as well as the code.
  public let name: String
  public let severity: Severity
  /// What the rule finds, in one line.
  public let summary: String
  /// Why that is worth a change, and when it is not.
  public let explanation: String
  /// A query in which the rule finds something.
  public let bad: String
  /// The same without a finding.
  public let good: String
  /// Finds; never fails, and says nothing where it cannot know.
  let check: @Sendable (LintContext) -> [LintMatch]

  init(
    _ code: String,
    _ name: String,
    _ severity: Severity,
    _ summary: String,
    explanation: String,
    example: LintExample,
    check: @escaping @Sendable (LintContext) -> [LintMatch]
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
    self.bad = example.bad
    self.good = example.good
    self.check = check
  }

  /// What reports say of it.
  public var description: RuleDescription {
    RuleDescription(code, name: name, severity, summary: summary, explanation: explanation)
  }
}

/// A query with a finding and the same query without.
struct LintExample {
  let bad: String
  let good: String
}

/// What a rule found at one place.
struct LintMatch: Sendable {
  let span: SourceSpan
  let message: String
  let help: String?
  let fixIt: FixIt?

  init(_ message: String, at span: SourceSpan, help: String? = nil, fixIt: FixIt? = nil) {
    self.message = message
    self.span = span
    self.help = help
    self.fixIt = fixIt
  }
}

/// One finding about a query text: of a rule, or an error or warning of the language itself.
public struct LintFinding: Sendable, Equatable {
  /// The rule that found it; nil where parser or binder report it.
  public let ruleName: String?
  public let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic, ruleName: String?) {
    self.diagnostic = diagnostic
    self.ruleName = ruleName
  }

  init(_ match: LintMatch, of rule: LintRule) {
    ruleName = rule.name
    diagnostic = Diagnostic(
      rule.code,
      rule.severity,
      match.message,
      at: match.span,
      help: match.help,
      fixIts: match.fixIt.map { [$0] } ?? []
    )
  }
}
