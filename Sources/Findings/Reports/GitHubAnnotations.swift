import SourceText

/// Writes findings as workflow commands of GitHub Actions, which shows them beside the lines.
public enum GitHubAnnotations {
  /// The commands of findings, one a line.
  public static func bytes(_ findings: [Finding]) -> [UInt8] {
    findings.flatMap { Array((line($0) + "\n").utf8) }
  }

  /// The command of a finding, one line without its end.
  public static func line(_ finding: Finding) -> String {
    var properties = ["file=\(property(ReportPath(finding.file).text))"]
    if let region = finding.region {
      properties.append("line=\(region.startLine)")
      properties.append("endLine=\(region.endLine)")
      properties.append("col=\(region.startColumn)")
      // GitHub takes an end column only within one line.
      if region.endLine == region.startLine { properties.append("endColumn=\(region.endColumn)") }
    }
    let title = finding.ruleName.map { "\(finding.code) \($0)" } ?? finding.code
    properties.append("title=\(property(title))")
    let list = properties.joined(separator: ",")
    return "::\(command(finding.severity)) \(list)::\(data(finding.sentence))"
  }

  private static func command(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "notice"
    }
  }

  /// Escapes what would end the command or begin another; other control characters are shown.
  private static func data(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": safe += "%25"
      case "\r": safe += "%0D"
      case "\n": safe += "%0A"
      default: safe += TerminalText(String(scalar)).text
      }
    }
    return safe
  }

  /// Escapes a property, which `:` and `,` would end too.
  private static func property(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in data(text).unicodeScalars {
      switch scalar {
      case ":": safe.append(contentsOf: "%3A".unicodeScalars)
      case ",": safe.append(contentsOf: "%2C".unicodeScalars)
      default: safe.append(scalar)
      }
    }
    return String(safe)
  }
}
