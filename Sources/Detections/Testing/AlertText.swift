import Alerts
import Columnar
import DetectionRules

/// Alerts in words, for people who look for what differs; raw data.
enum AlertText {
  static func line(_ entry: AlertHistory.Entry, showsRun: Bool) -> String {
    let alert = entry.alert
    var parts = ["'\(alert.title)'", alert.severity.rawValue]
    if showsRun { parts.append("run \(entry.run)") }
    parts.append(alert.eventCount == 1 ? "1 event" : "\(alert.eventCount) events")
    parts += alert.entities.map { entity($0.kind, $0.identifiers) }
    if !alert.details.isEmpty { parts.append(details(alert.details)) }
    return parts.joined(separator: ", ")
  }

  static func line(_ alert: ExpectedAlert) -> String {
    var parts: [String] = []
    if let title = alert.title { parts.append("'\(title)'") }
    if let severity = alert.severity { parts.append(severity.rawValue) }
    if let run = alert.run { parts.append("run \(run)") }
    if let events = alert.events { parts.append(events == 1 ? "1 event" : "\(events) events") }
    parts += alert.entities.map { entity($0.kind, $0.identifiers) }
    if !alert.details.isEmpty { parts.append(details(alert.details)) }
    if let tactics = alert.tactics { parts.append(names(tactics)) }
    if let description = alert.description { parts.append("description '\(description)'") }
    return parts.isEmpty ? "any alert" : parts.joined(separator: ", ")
  }

  static func entity(_ kind: EntityKind, _ identifiers: [Entity.Identifier]) -> String {
    "\(kind.rawValue)(" + identifiers.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") + ")"
  }

  static func details(_ details: [AlertDetail]) -> String {
    "details(" + details.map { "\($0.label)=\($0.value)" }.joined(separator: ", ") + ")"
  }

  static func names(_ tactics: [Tactic]) -> String {
    tactics.map(\.rawValue).joined(separator: ", ")
  }
}

extension AlertDraft {
  /// Its entities in one line; raw data.
  public var entityText: String {
    entities.map { AlertText.entity($0.kind, $0.identifiers) }.joined(separator: ", ")
  }
}
