import Linting
import SourceText

/// What `harrier lint` says of its rules.
enum LintTexts {
  /// A table of the rules.
  static var list: String {
    let width = LintRule.all.reduce(0) { max($0, $1.name.count) }
    let lines = LintRule.all.map { rule in
      "\(rule.code)  \(padded(rule.name, width))  \(padded(rule.severity.rawValue, 7))  "
        + "\(rule.summary)\n"
    }
    return lines.joined()
  }

  /// All that is to be said of a rule.
  static func explanation(_ name: String) -> String {
    guard let rule = LintRule.named(name) else { return "" }
    return """
      \(rule.code) \(rule.name) (\(rule.severity.rawValue)): \(rule.summary)

      \(rule.explanation)

      Found in:

      \(indented(rule.bad))

      Not in:

      \(indented(rule.good))

      Silence it with // harrier-lint: disable=\(rule.code)

      """
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }
}
