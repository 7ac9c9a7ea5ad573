import Alerts
import Columnar
import DetectionRules
import OperationalStore

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
    time = alert.firstTime
    (stage, isLateral) = Self.nature(alert.tactics, alert.category)
  }

  /// Reads what it needs of an alert: key, title, rule, severity, service, tactics, category, time.
  init(_ row: StatementRow) {
    alert = row[0]
    title = row[1]
    rule = row[2]
    severity = Severity(rawValue: row[3]) ?? .medium
    service = row[4]
    time = DateTime(ticks: row[7])
    (stage, isLateral) = Self.nature(StoredJSON.texts(row[5]), row[6])
  }

  private static func nature(_ tactics: [String], _ category: String) -> (Int, Bool) {
    (
      tactics.map(KillChain.stage).min() ?? KillChain.stage(category),
      tactics.contains("LateralMovement") || category == "LateralMovement"
    )
  }
}
