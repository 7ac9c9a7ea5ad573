import Columnar
import Detections
import Execution
import FileAccess
import Findings
import Hunting
import SourceText
import StructuredText

/// Tells people what came of rule tests: a line for each file, and what failed under it.
struct RuleTestPrinter {
  private let isQuiet: Bool
  private let hasColours: Bool

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    let isPlain = !(Terminal.environment("NO_COLOR") ?? "").isEmpty
    hasColours = Terminal.isTerminal(.output) && !isPlain
  }

  func bytes(_ summary: RuleTestSummary) -> [UInt8] {
    var order: [String] = []
    var groups: [String: [RuleTestOutcome]] = [:]
    for outcome in summary.outcomes {
      if groups[outcome.path] == nil { order.append(outcome.path) }
      groups[outcome.path, default: []].append(outcome)
    }
    let lines = order.flatMap { path in self.lines(path, groups[path] ?? []) }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  /// How many cases ended how, and how many rules have tests of both kinds.
  func line(_ summary: RuleTestSummary, _ coverage: RuleTestCoverage) -> [UInt8] {
    let updated = summary.count(.updated)
    let seconds = Double(summary.nanoseconds) / 1_000_000_000
    let line =
      "\(summary.count(.passed)) passed, \(summary.count(.failed)) failed"
      + (updated > 0 ? ", \(updated) updated" : "")
      + " in \(DecimalText.fixed(seconds, digits: 2)) s; \(coverage.wholeCount) of "
      + "\(coverage.rows.count) rules have cases with alerts and without\n"
    return Array(line.utf8)
  }

  /// A row for each rule.
  static func table(_ rows: [RuleTestCoverage.Row]) -> QueryResult {
    let schema = Schema([
      ColumnSchema("Rule", .string), ColumnSchema("File", .string), ColumnSchema("Cases", .long),
      ColumnSchema("WithAlerts", .long), ColumnSchema("Without", .long),
      ColumnSchema("Missing", .string),
    ])
    return StoreListing.rows(schema, rows) { row in
      [
        .string(ByteString(row.name)), .string(ByteString(row.path)),
        .long(Int64(row.caseCount)), .long(Int64(row.positiveCount)),
        .long(Int64(row.negativeCount)), .string(ByteString(row.gap ?? "")),
      ]
    }
  }

  private func lines(_ path: String, _ outcomes: [RuleTestOutcome]) -> [String] {
    let failed = outcomes.filter { $0.status == .failed }
    if failed.isEmpty, isQuiet { return [] }
    let updated = outcomes.count { $0.status == .updated }
    let milliseconds = Double(outcomes.reduce(0) { $0 + $1.nanoseconds }) / 1_000_000
    let mark = failed.isEmpty ? coloured("ok    ", "32") : coloured("FAIL  ", "31")
    var parts = [mark + TerminalText(path).text]
    if failed.isEmpty {
      parts.append(outcomes.count == 1 ? "1 case" : "\(outcomes.count) cases")
    } else {
      parts.append("\(failed.count) of \(outcomes.count) failed")
    }
    if updated > 0 { parts.append("\(updated) updated") }
    parts.append("\(DecimalText.fixed(milliseconds, digits: 1)) ms")
    return [parts.joined(separator: "  ")] + failed.flatMap { lines($0) }
  }

  private func lines(_ outcome: RuleTestOutcome) -> [String] {
    let name = outcome.name.map { [": ", TerminalText($0).text].joined() } ?? ""
    let place = "\(TerminalText(outcome.path).text):\(outcome.place.line)"
    let problems = outcome.problems.flatMap { problem in
      ["        line \(problem.place.line): \(TerminalText(problem.sentence).text)"]
        + problem.details.map { "          " + TerminalText($0).fitted(to: 200).text }
    }
    return ["      \(place)\(name)"] + problems
  }

  private func coloured(_ text: String, _ colour: String) -> String {
    hasColours ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}

extension RuleTestCoverage {
  /// Rules of which something is missing.
  var gaps: [Row] { rows.filter { $0.gap != nil } }
}
