import Alerts
public import Columnar
public import DetectionRules

import OperationalStore

/// An alert in the incident pipeline, of a rule of ours or of another product.
public struct IncidentAlert: Sendable, Equatable {
  /// What the database knows it by.
  package let key: String
  public let tenant: String
  /// The id of the product that raised it; ours where that is Harrier.
  public let id: String
  /// The rule that raised it; empty for other products' alerts.
  public let rule: String
  public let title: String
  public let description: String
  public let severity: Severity
  public let status: AlertStatus
  public let category: String
  public let tactics: [String]
  public let techniques: [String]
  public let serviceSource: String
  public let detectionSource: String
  public let product: String
  public let assignedTo: String?
  public let classification: Classification
  public let firstTime: DateTime
  public let lastTime: DateTime
  public let created: DateTime
  public let updated: DateTime
  public let resolved: DateTime?
  public let investigationState: String?
  /// The threat that the product names, for people.
  public let threat: String
  /// The family of malware.
  public let threatFamily: String
  /// Who is behind it.
  public let threatActor: String
  /// The id of the alert policy of its product.
  public let policy: String
  package let incident: Int64?
  let isCorrelated: Bool
  /// What its rule says of incidents.
  let settings: IncidentSettings

  init(_ row: StatementRow) {
    key = row["id"]
    tenant = row["tenant"]
    id = row["provider_id"] ?? row["id"]
    rule = row["rule"]
    title = row["title"]
    description = row["description"]
    severity = Severity(rawValue: row["severity"]) ?? .medium
    status = AlertStatus(rawValue: row["status"]) ?? .new
    category = row["category"]
    tactics = StoredJSON.texts(row["tactics"])
    techniques = StoredJSON.texts(row["techniques"])
    serviceSource = row["service_source"]
    detectionSource = row["detection_source"]
    product = row["product"]
    assignedTo = row["assigned_to"]
    classification =
      (try? Classification(row["classification"], row["determination"])) ?? .unknown
    firstTime = DateTime(ticks: row["first_time"])
    lastTime = DateTime(ticks: row["last_time"])
    created = DateTime(ticks: row["created"])
    updated = DateTime(ticks: row["updated"])
    resolved = (row["resolved"] as Int64?).map { DateTime(ticks: $0) }
    investigationState = row["investigation_state"]
    threat = row["threat"]
    threatFamily = row["threat_family"]
    threatActor = row["threat_actor"]
    policy = row["policy"]
    incident = row["incident"]
    isCorrelated = row["is_correlated"]
    settings = StoredIncidentSettings.settings(row["incident_settings"])
  }
}
