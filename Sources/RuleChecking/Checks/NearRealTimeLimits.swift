import DetectionRules
import SourceText

extension RuleCheck {
  static let nearRealTimeLimit = RuleCheck(
    "HD208",
    "near-real-time-limit",
    .error,
    "there are more than 50 near-real-time rules of Sentinel",
    explanation: """
      A workspace takes 50 near-real-time rules (kind NRT). A run of one raises 30 alerts at most, \
      the last of which stands for all that are more.
      """,
    example: RuleExample(bad: rules(51), good: rules(50))
  ) { context in
    guard context.rule.kind == .sentinelNearRealTime else { return [] }
    let count = context.others.nearRealTimeCount(upTo: context)
    guard count > DetectionRule.mostNearRealTimeRules else { return [] }
    return [
      RuleMatch(
        "this is near-real-time rule \(count) of \(DetectionRule.mostNearRealTimeRules)",
        at: context.place(.name),
        help: "give it 'kind: Scheduled' with a queryFrequency such as 5m"
      )
    ]
  }

  /// A list of near-real-time rules.
  private static func rules(_ count: Int) -> String {
    (1...count).map { number in
      var example = SentinelExample()
      example.id = "0b1f0a0e-5d0c-4d53-9c8e-0d3c6f6d\(1_000 + number)"
      example.name = "Failed sign-ins \(number)"
      example.kind = "NRT"
      example.query = """
        SigninLogs
        | where ResultType != "0" and IPAddress == "192.0.2.\(number)"
        | project TimeGenerated, UserPrincipalName
        """
      let lines = example.text.split(separator: "\n")
      let kept = lines.filter { line in
        !line.hasPrefix("queryFrequency") && !line.hasPrefix("queryPeriod")
          && !line.hasPrefix("trigger")
      }
      return kept.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 + "\n" }.joined()
    }
    .joined()
  }
}
