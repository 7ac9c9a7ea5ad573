import Linting
import RuleChecking
import SourceText

/// What commands say of their rules and checks.
struct RuleManual {
  /// A rule or check.
  struct Entry {
    let code: String
    let name: String
    let severity: Severity
    let summary: String
    let explanation: String
    let bad: String
    let good: String
  }

  let entries: [Entry]
  /// How one is silenced, before its code.
  let silencing: String

  /// Of `harrier lint`.
  static let lint = RuleManual(
    entries: LintRule.all.map { rule in
      Entry(
        code: rule.code,
        name: rule.name,
        severity: rule.severity,
        summary: rule.summary,
        explanation: rule.explanation,
        bad: rule.bad,
        good: rule.good
      )
    },
    silencing: "Silence it with // harrier-lint: disable="
  )

  /// Of `harrier rules check`.
  static let checks = RuleManual(
    entries: RuleCheck.all.map { check in
      Entry(
        code: check.code,
        name: check.name,
        severity: check.severity,
        summary: check.summary,
        explanation: check.explanation,
        bad: check.bad,
        good: check.good
      )
    },
    silencing: "Leave it out with --disable "
  )

  /// A table of all.
  var list: String {
    let width = entries.reduce(0) { max($0, $1.name.count) }
    let lines = entries.map { entry in
      "\(entry.code)  \(padded(entry.name, width))  \(padded(entry.severity.rawValue, 7))  "
        + "\(entry.summary)\n"
    }
    return lines.joined()
  }

  /// All that is to be said of the one with a code.
  func explanation(_ code: String) -> String {
    guard let entry = entries.first(where: { $0.code == code }) else { return "" }
    return """
      \(entry.code) \(entry.name) (\(entry.severity.rawValue)): \(entry.summary)

      \(entry.explanation)

      Found in:

      \(indented(entry.bad))

      Not in:

      \(indented(entry.good))

      \(silencing)\(entry.code)

      """
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }
}
