import SourceText

/// Writes findings as workflow commands of GitHub Actions, which shows them beside the lines.
public enum GitHubAnnotations {
  /// The command of a finding, one line without its end.
  public static func line(_ finding: Finding) -> String {
    let command =
      switch finding.level {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var path = finding.file
    while path.hasPrefix("./") { path.removeFirst(2) }
    var properties = ["file=\(property(path))"]
    if let region = finding.region {
      properties.append("line=\(region.startLine)")
      properties.append("endLine=\(region.endLine)")
      properties.append("col=\(region.startColumn)")
      // GitHub takes an end column only within one line.
      if region.endLine == region.startLine { properties.append("endColumn=\(region.endColumn)") }
    }
    properties.append("title=\(property(finding.rule))")
    return "::\(command) \(properties.joined(separator: ","))::\(data(finding.message))"
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
    var safe = ""
    for character in data(text) {
      switch character {
      case ":": safe += "%3A"
      case ",": safe += "%2C"
      default: safe.append(character)
      }
    }
    return safe
  }
}
