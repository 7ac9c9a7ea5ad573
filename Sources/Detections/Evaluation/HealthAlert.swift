import Columnar
import DetectionRules

extension AlertDraft {
  /// Tells that a rule was turned off since it kept failing; it is no matter of what the rule
  /// detects, so that it has neither its tactics nor its actions.
  static func health(
    of rule: DetectionRule,
    tenant: String,
    _ failure: RunFailure,
    at now: DateTime
  ) -> AlertDraft {
    let key = EventKey(tenant: tenant, rule: rule.id, assets: [], .health(ticks: now.ticks))
    return AlertDraft(
      key: key,
      signature: key.bytes,
      title: "The rule '\(rule.name)' was turned off",
      description: "Its runs kept failing (\(failure.code.rawValue)): \(failure.reason)\n"
        + "Mend it, then turn it on with 'harrier rules enable'.",
      severity: .medium,
      tactics: [.suspiciousActivity],
      details: [],
      properties: [],
      entities: [],
      firstTime: now,
      lastTime: now
    )
  }
}
