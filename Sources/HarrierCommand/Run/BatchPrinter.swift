import FileAccess
import Findings
import Hunting
import SourceText

/// Tells people what came of query files, file by file.
struct BatchPrinter: Sendable {
  /// Whether standard output belongs to another format.
  let isSilent: Bool
  /// Whether files that failed are told of only.
  let isQuiet: Bool
  let hasColours: Bool
  /// Whether findings are written as annotations of GitHub Actions.
  let annotates: Bool

  /// Tells of one file.
  func show(_ outcome: FileOutcome) {
    if !isSilent, !isQuiet || outcome.status == .failed { write(lines(outcome)) }
    if annotates {
      write(outcome.findings.map(GitHubAnnotations.line), toNotes: isSilent)
    }
  }

  /// Tells of all files in one line.
  func show(_ summary: BatchSummary) {
    if !isSilent { write([summary.line]) }
  }

  /// The lines of a file: how it ended, then all that is wrong.
  func lines(_ outcome: FileOutcome) -> [String] {
    var parts = [mark(outcome.status) + TerminalText(outcome.path).text]
    if let rows = outcome.rowCounts.last { parts.append(rows == 1 ? "1 row" : "\(rows) rows") }
    if let reason = outcome.skipReason { parts.append(TerminalText(reason).text) }
    if outcome.status != .skipped {
      parts.append("\(DecimalText.fixed(outcome.milliseconds, digits: 1)) ms")
    }
    if let note = Self.snapshotNote(outcome) { parts.append(note) }
    let warnings = outcome.findings.count { $0.severity == .warning }
    if warnings > 0 { parts.append("\(warnings) warning\(warnings == 1 ? "" : "s")") }
    let problems = outcome.problems.flatMap { self.lines($0, outcome.source) }
    let notes = outcome.notes.map { "note: \(TerminalText($0).text)" }
    return [parts.joined(separator: "  ")] + (problems + notes).map { "      " + $0 }
  }

  private func lines(_ problem: BatchProblem, _ source: SourceText?) -> [String] {
    if let diagnostic = problem.diagnostic, let source, diagnostic.span.length > 0 {
      let drawing = DiagnosticDrawing(source: source).draw(diagnostic)
      return drawing.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    var message = TerminalText(problem.message).text
    if let diagnostic = problem.diagnostic { message = "error \(diagnostic.code): \(message)" }
    if let region = problem.region, problem.diagnostic == nil {
      message = "\(TerminalText(problem.file).text):\(region.startLine): \(message)"
    }
    return [message] + problem.details.map { TerminalText($0).fitted(to: 160).text }
  }

  private static func snapshotNote(_ outcome: FileOutcome) -> String? {
    switch outcome.snapshot {
    case .created: "snapshot recorded"
    case .updated: "snapshot changed"
    case .unchanged, nil: nil
    }
  }

  private func mark(_ status: FileOutcome.Status) -> String {
    switch status {
    case .passed: coloured("ok    ", "32")
    case .failed: coloured("FAIL  ", "31")
    case .skipped: coloured("skip  ", "33")
    }
  }

  private func coloured(_ text: String, _ colour: String) -> String {
    hasColours ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }

  /// Writes whole lines; threads come here too, so each time has an output of its own.
  private func write(_ lines: [String], toNotes: Bool = false) {
    let output =
      toNotes ? DescriptorOutput.standardError() : DescriptorOutput.standardOutput()
    // A closed standard output must not end the run: reports are still to be written.
    try? output.write(lines.map { $0 + "\n" }.joined())
    try? output.flush()
  }
}
