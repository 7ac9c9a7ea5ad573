import ArgumentParser
import FileAccess
import Findings
import RuleChecking
import SourceText

/// How findings about rules are told.
struct RuleReportOptions: ParsableArguments {
  /// What findings are written as.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, github, junit
  }

  @Option(help: "How findings are written.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Write a JUnit report to this file too.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Write findings as SARIF 2.1.0 to this file too.", valueName: "file"))
  var sarif: String?

  func validate() throws {
    for path in [junit, sarif] where path == "-" || path?.isEmpty == true {
      throw ValidationError("--junit and --sarif name a file; for standard output say --format.")
    }
  }

  /// Writes all reports that were asked for.
  func write(
    _ files: [CheckedFile],
    of documents: [RuleDocument],
    _ checks: [RuleCheck],
    _ console: Console
  ) throws {
    let report = JUnitReport("harrier rules check", files.map { JUnitReport.Case($0) })
    let findings = files.flatMap(\.findings)
    let log = SARIFLog(findings, rules: checks.map(\.description))
    if let junit { try LocalFileSystem().write(report.bytes(), to: junit) }
    if let sarif { try LocalFileSystem().write(log.bytes(), to: sarif) }
    switch format {
    case .text: try showText(files, of: documents, console)
    case .json: try console.write(FindingsJSON.document(files))
    case .sarif: try console.write(log.bytes())
    case .github: try console.write(GitHubAnnotations.bytes(findings))
    case .junit: try console.write(report.bytes())
    }
  }

  /// Draws findings with their lines; a line about all of them goes to standard error.
  private func showText(
    _ files: [CheckedFile],
    of documents: [RuleDocument],
    _ console: Console
  ) throws {
    var count = 0
    var fixable = 0
    for (file, document) in zip(files, documents) {
      let drawing = DiagnosticDrawing(source: document.source)
      for finding in file.findings {
        count += 1
        if finding.isFixable { fixable += 1 }
        try console.write(Array((text(finding, drawing) + "\n").utf8))
      }
    }
    console.tell(findings: count, files: files.count, fixable: fixable)
  }

  private func text(_ finding: Finding, _ drawing: DiagnosticDrawing) -> String {
    let diagnostic = Diagnostic(
      finding.code,
      finding.severity,
      finding.message,
      at: finding.region?.span ?? SourceSpan(0, 0),
      help: finding.help,
      fixIts: finding.fixes.map { $0.fixIt }
    )
    let places = finding.related.map { "  at: \(TerminalText($0.message).text)" }
    return ([drawing.draw(diagnostic)] + places).joined(separator: "\n")
  }
}

extension Finding {
  /// Whether a check offers a change; what parser and binder suggest is a guess of theirs.
  var isFixable: Bool { ruleName != nil && !fixes.isEmpty }
}

extension Finding.Fix {
  /// The change of the text.
  var fixIt: FixIt { FixIt(message, span: region.span, replacement: replacement) }
}
