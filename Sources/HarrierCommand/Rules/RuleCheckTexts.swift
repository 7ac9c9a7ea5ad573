import RuleChecking
import SourceText

/// What `harrier rules check` says of its checks.
enum RuleCheckTexts {
  /// A table of the checks.
  static var list: String {
    let width = RuleCheck.all.reduce(0) { max($0, $1.name.count) }
    let lines = RuleCheck.all.map { check in
      "\(check.code)  \(padded(check.name, width))  \(padded(check.severity.rawValue, 7))  "
        + "\(check.summary)\n"
    }
    return lines.joined()
  }

  /// All that is to be said of a check.
  static func explanation(_ name: String) -> String {
    guard let check = RuleCheck.named(name) else { return "" }
    return """
      \(check.code) \(check.name) (\(check.severity.rawValue)): \(check.summary)

      \(check.explanation)

      Found in:

      \(indented(check.bad))

      Not in:

      \(indented(check.good))

      Leave it out with --disable \(check.code)

      """
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }
}
