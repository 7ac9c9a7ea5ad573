import Columnar
import DetectionRules

/// What the correlation weighs of an alert.
struct CorrelationFacts: Sendable {
  let alert: String
  let title: String
  let rule: String
  let severity: Severity
  let service: String
  let stage: Int
  let time: DateTime
  /// Whether it tells of somebody who goes from one device to another.
  let isLateral: Bool

  init(_ alert: IncidentAlert) {
    self.alert = alert.key
    title = alert.title
    rule = alert.rule
    severity = alert.severity
    service = alert.serviceSource
    stage = alert.tactics.map(KillChain.stage).min() ?? KillChain.stage(alert.category)
    time = alert.firstTime
    isLateral = alert.tactics.contains("LateralMovement") || alert.category == "LateralMovement"
  }
}
