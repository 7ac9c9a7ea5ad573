import Alerts
import Columnar
import DetectionRules
import GRDB

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
    stage = Self.stage(alert.tactics, alert.category)
    time = alert.firstTime
    isLateral = alert.tactics.contains("LateralMovement") || alert.category == "LateralMovement"
  }

  /// Reads what it needs of an alert: key, title, rule, severity, service, tactics, category, time.
  init(_ row: Row) {
    alert = row[0]
    title = row[1]
    rule = row[2]
    severity = Severity(rawValue: row[3]) ?? .medium
    service = row[4]
    let tactics = StoredJSON.texts(row[5])
    let category: String = row[6]
    stage = Self.stage(tactics, category)
    time = DateTime(ticks: row[7])
    isLateral = tactics.contains("LateralMovement") || category == "LateralMovement"
  }

  private static func stage(_ tactics: [String], _ category: String) -> Int {
    tactics.map(KillChain.stage).min() ?? KillChain.stage(category)
  }
}
