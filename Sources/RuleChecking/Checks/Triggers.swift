import Columnar
import DetectionRules
import SourceText
import StructuredText

extension RuleCheck {
  static let threshold = RuleCheck(
    "HD510",
    "threshold",
    .error,
    "a threshold below 0, or one that always or never triggers",
    explanation: """
      'triggerThreshold' is 0 or more. A run has no fewer than 0 rows, so that 'lt' 0 never makes \
      an alert: a warning.
      """,
    example: .sentinel(bad: { $0.threshold = "-1" })
  ) { context in
    guard context.rule.kind == .sentinelScheduled else { return [] }
    let trigger = context.rule.trigger
    let place = context.place(.triggerThreshold)
    if trigger.threshold < 0 {
      return [RuleMatch("the threshold is \(trigger.threshold), and must be 0 or more", at: place)]
    }
    if trigger.comparison == .lessThan, trigger.threshold == 0 {
      return [
        RuleMatch(
          "no run has less than 0 rows, so the rule never alerts",
          at: place,
          severity: .warning
        )
      ]
    }
    return []
  }

  static let suppressionLength = RuleCheck(
    "HD511",
    "suppression-length",
    .error,
    "a suppression of more than 24 hours",
    explanation: """
      After an alert, an analytics rule rests for 5 minutes to 24 hours. A rest that is shorter \
      than the time between two runs does nothing: a hint.
      """,
    example: .sentinel {
      $0.more = ["suppressionEnabled: true", "suppressionDuration: 2d"]
    } good: {
      $0.more = ["suppressionEnabled: true", "suppressionDuration: 5h"]
    }
  ) { context in
    guard let span = context.rule.suppression else { return [] }
    let place = context.place(.suppression)
    let text = RuleDuration.short(span)
    if span.ticks > TimeSpan.ticksPerDay || span < .fiveMinutes {
      return [
        RuleMatch("the suppression is \(text), and must be from 5 minutes to 24 hours", at: place)
      ]
    }
    guard let frequency = context.rule.schedule.frequency, span < frequency else { return [] }
    return [
      RuleMatch(
        "a suppression of \(text) ends before the next run",
        at: place,
        severity: .hint
      )
    ]
  }

  static let groupingLength = RuleCheck(
    "HD512",
    "grouping-length",
    .error,
    "a time for grouping alerts that incidents do not have",
    explanation: "Alerts are grouped into incidents over 5 minutes to 7 days.",
    example: .sentinel {
      $0.more = [
        "incidentConfiguration:", "  createIncident: true", "  groupingConfiguration:",
        "    enabled: true", "    lookbackDuration: P30D", "    matchingMethod: AllEntities",
      ]
    } good: {
      $0.more = [
        "incidentConfiguration:", "  createIncident: true", "  groupingConfiguration:",
        "    enabled: true", "    lookbackDuration: PT5H", "    matchingMethod: AllEntities",
      ]
    }
  ) { context in
    let grouping = context.node["incidentConfiguration"]?["groupingConfiguration"]
    guard let node = grouping?["lookbackDuration"], let text = node.text,
      grouping?["enabled"]?.boolean != false
    else { return [] }
    guard let span = RuleDuration.read(text) else {
      return [RuleMatch("'\(text)' is no length of time", at: node.place, help: "write PT5H or 5h")]
    }
    let week = TimeSpan(ticks: 7 * TimeSpan.ticksPerDay)
    if span >= .fiveMinutes, span <= week { return [] }
    return [
      RuleMatch(
        "alerts are grouped over \(RuleDuration.short(span)), and must be over 5 minutes to 7 days",
        at: node.place
      )
    ]
  }
}
