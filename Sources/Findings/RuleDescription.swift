public import SourceText

/// What a rule is about, for reports that hold it beside the findings.
public struct RuleDescription: Sendable, Equatable {
  public let code: String
  public let name: String?
  public let severity: Severity
  /// What the rule finds, in one line.
  public let summary: String
  /// Why that is worth a change.
  public let explanation: String?

  public init(
    _ code: String,
    name: String?,
    _ severity: Severity,
    summary: String,
    explanation: String?
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
  }

  /// Describes the rule of a finding as far as the finding itself tells.
  init(of finding: Finding) {
    let author = finding.code.hasPrefix("KS") ? "the Kusto Query Language" : "Harrier"
    self.init(
      finding.code,
      name: finding.ruleName,
      finding.severity,
      summary: "a diagnostic of \(author)",
      explanation: nil
    )
  }
}
