public import SourceText

/// A file with what was found in it.
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
}

/// Writes findings for programs.
public struct LintReport {
  private let files: [LintedFile]

  public init(_ files: [LintedFile]) { self.files = files }

  /// One JSON object; offsets are bytes, columns UTF-16 code units.
  public func json() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.write("files", files.count)
    json.beginArray("findings")
    for file in files {
      for finding in file.findings {
        json.endLine()
        write(finding, file, &json)
      }
    }
    json.endLine()
    json.endArray()
    json.endObject()
    json.endLine()
    return json.bytes()
  }

  private func write(_ finding: LintFinding, _ file: LintedFile, _ json: inout JSONWriter) {
    let diagnostic = finding.diagnostic
    json.beginObject()
    json.write("file", file.path)
    write(diagnostic.span, file.source, &json)
    json.write("code", diagnostic.code)
    if let name = finding.ruleName { json.write("rule", name) }
    json.write("severity", diagnostic.severity.rawValue)
    json.write("message", diagnostic.message)
    if let help = diagnostic.help { json.write("help", help) }
    json.beginArray("fixes")
    for fixIt in diagnostic.fixIts {
      json.beginObject()
      json.write("message", fixIt.message)
      write(fixIt.span, file.source, &json)
      json.write("replacement", fixIt.replacement)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private func write(_ span: SourceSpan, _ source: SourceText, _ json: inout JSONWriter) {
    let region = TextRegion(span, in: source)
    json.write("line", region.startLine)
    json.write("column", region.startColumn)
    json.write("endLine", region.endLine)
    json.write("endColumn", region.endColumn)
    json.write("start", span.start)
    json.write("end", span.end)
  }

  /// SARIF 2.1.0; the codes of parser and binder that occur are rules too.
  public func sarif(rules: [LintRule]) -> [UInt8] {
    var described = rules.map { rule in
      SARIFLog.Rule(
        id: rule.code,
        name: rule.name,
        summary: rule.summary,
        explanation: rule.explanation,
        severity: rule.severity
      )
    }
    var known = Set(rules.map(\.code))
    var results: [SARIFLog.Result] = []
    for file in files {
      for finding in file.findings {
        let diagnostic = finding.diagnostic
        if known.insert(diagnostic.code).inserted {
          described.append(Self.languageRule(diagnostic))
        }
        results.append(
          SARIFLog.Result(
            diagnostic,
            path: file.path,
            in: file.source,
            fixIts: diagnostic.fixIts
          )
        )
      }
    }
    return SARIFLog(rules: described, results: results).bytes()
  }

  private static func languageRule(_ diagnostic: Diagnostic) -> SARIFLog.Rule {
    SARIFLog.Rule(
      id: diagnostic.code,
      summary: diagnostic.code.hasPrefix("KS")
        ? "a diagnostic of the Kusto Query Language" : "a diagnostic of Harrier",
      severity: diagnostic.severity
    )
  }

  /// Workflow commands of GitHub Actions, one a line.
  ///
  /// - Parameter visible: makes a text safe for the log, which is a terminal.
  public func github(visible: (String) -> String) -> [UInt8] {
    var lines = ""
    for file in files {
      for finding in file.findings { lines += line(finding, file, visible) }
    }
    return Array(lines.utf8)
  }

  private func line(
    _ finding: LintFinding,
    _ file: LintedFile,
    _ visible: (String) -> String
  ) -> String {
    let diagnostic = finding.diagnostic
    let region = TextRegion(diagnostic.span, in: file.source)
    let command =
      switch diagnostic.severity {
      case .error: "error"
      case .warning: "warning"
      case .hint: "notice"
      }
    let title = finding.ruleName.map { "\(diagnostic.code) \($0)" } ?? diagnostic.code
    let end = region.startLine == region.endLine ? ",endColumn=\(region.endColumn)" : ""
    let message = diagnostic.help.map { "\(diagnostic.message). \($0)" } ?? diagnostic.message
    return "::\(command) file=\(Self.property(visible(file.path))),line=\(region.startLine),"
      + "endLine=\(region.endLine),col=\(region.startColumn)\(end),"
      + "title=\(Self.property(visible(title)))::\(Self.escaped(visible(message)))\n"
  }

  private static func escaped(_ text: String) -> String {
    replacing(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    replacing(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  private static func replacing(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if let escape = escapes[scalar] {
        result += escape
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
