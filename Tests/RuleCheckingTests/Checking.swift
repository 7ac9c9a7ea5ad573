import Findings
import Hunting
import RuleChecking
import SourceText

/// Checks rule texts against the schemas that ship.
enum Checking {
  static let engine = HuntingEngine()

  static let checker = checker(RuleCheck.all)

  static func checker(_ checks: [RuleCheck]) -> RuleChecker {
    RuleChecker(checks, schemas: engine.schemas) { engine.check($0) }
  }

  static func document(_ text: String, path: String = "rule.yaml") -> RuleDocument {
    RuleDocument(path: path, bytes: Array(text.utf8), format: RuleDocument.format(of: path))
  }

  static func findings(_ text: String) -> [Finding] {
    checker.check([document(text)]).flatMap(\.findings)
  }

  static func findings(_ text: String, _ code: String) -> [Finding] {
    findings(text).filter { $0.code == code }
  }

  /// A custom detection around a query.
  static func detection(_ query: String, period: String = "1H") -> String {
    let lines = query.split(separator: "\n").map { "    \($0)\n" }.joined()
    return """
      displayName: "Rule"
      queryCondition:
        queryText: |
      \(lines)\
      schedule:
        period: "\(period)"
      detectionAction:
        alertTemplate:
          title: "Title"
          description: "Text"
          severity: medium
          category: Execution
          impactedAssets:
            - "@odata.type": "#microsoft.graph.security.impactedDeviceAsset"
              identifier: deviceId
      """
  }

  /// The bytes of a region.
  static func text(_ finding: Finding, _ text: String) -> String {
    guard let span = finding.region?.span else { return "" }
    return SourceText(text).text(span)
  }
}
