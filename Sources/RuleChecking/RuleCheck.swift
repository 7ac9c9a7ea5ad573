/// A check of detection rules: what it looks for, why, and how it is looked for.
public struct RuleCheck: Sendable {
  /// `HDnnn`; never given to another check.
  public let code: String
  /// The name in kebab-case, which options take as well as the code.
  public let name: String
  /// Error where the product refuses the rule, warning where the rule misbehaves, hint for advice.
  public let severity: FindingSeverity
  /// What the check finds, in one line.
  public let summary: String
  /// Why that is so, and what to do.
  public let explanation: String
  /// A rule file in which the check finds something.
  public let bad: String
  /// The same without a finding.
  public let good: String
  /// Finds; never fails, and says nothing where it cannot know.
  let find: @Sendable (RuleContext) -> [RuleMatch]

  init(
    _ code: String,
    _ name: String,
    _ severity: FindingSeverity,
    _ summary: String,
    explanation: String,
    example: RuleExample,
    find: @escaping @Sendable (RuleContext) -> [RuleMatch]
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
    bad = example.bad
    good = example.good
    self.find = find
  }
}

/// A rule file with a finding and the same without.
struct RuleExample: Sendable {
  let bad: String
  let good: String

  init(bad: String, good: String) {
    self.bad = bad
    self.good = good
  }

  /// Examples in the shape of a custom detection.
  static func defender(
    bad: (inout DefenderExample) -> Void = { _ in },
    good: (inout DefenderExample) -> Void = { _ in }
  ) -> RuleExample {
    var examples = (DefenderExample(), DefenderExample())
    bad(&examples.0)
    good(&examples.1)
    return RuleExample(bad: examples.0.text, good: examples.1.text)
  }

  /// A continuous custom detection that is bad, and one that is good.
  static func continuous(bad: (inout DefenderExample) -> Void) -> RuleExample {
    defender {
      $0.period = "0"
      bad(&$0)
    } good: {
      $0.period = "0"
      $0.query = "DeviceEvents | where FileName has \"x\" | project Timestamp, DeviceId, ReportId"
    }
  }

  /// Examples in the shape of an analytics rule.
  static func sentinel(
    bad: (inout SentinelExample) -> Void = { _ in },
    good: (inout SentinelExample) -> Void = { _ in }
  ) -> RuleExample {
    var examples = (SentinelExample(), SentinelExample())
    bad(&examples.0)
    good(&examples.1)
    return RuleExample(bad: examples.0.text, good: examples.1.text)
  }
}
