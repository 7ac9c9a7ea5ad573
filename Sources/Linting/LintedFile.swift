public import Findings
public import SourceText

/// A query text with what was found in it.
public struct LintedFile: Sendable {
  /// As it was named; may hold any character.
  public let path: String
  public let source: SourceText
  public let findings: [LintFinding]

  public init(path: String, source: SourceText, findings: [LintFinding]) {
    self.path = path
    self.source = source
    self.findings = findings
  }

  /// The file for reports.
  public var checked: CheckedFile {
    CheckedFile(
      path,
      findings.map { item in
        var finding = Finding(item.diagnostic, of: source, file: path)
        finding.ruleName = item.ruleName
        return finding
      }
    )
  }
}
