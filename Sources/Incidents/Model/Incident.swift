public import Columnar
public import DetectionRules
import OperationalStore

/// An incident as the database keeps it.
public struct Incident: Sendable, Equatable {
  public enum NameOrigin: String, Sendable {
    case automatic, manual, imported
  }

  /// What the database knows it by.
  package let id: Int64
  public let reference: IncidentReference
  public let name: String
  public let nameOrigin: NameOrigin
  public let status: IncidentStatus
  public let severity: Severity
  /// Whether somebody set the severity, so that alerts change it no more.
  public let hasOwnSeverity: Bool
  /// From 0 to 100, see ``PriorityScore``.
  public let priority: Int
  public let assignedTo: String?
  public let classification: Classification
  let redirectedTo: Int64?
  public let created: DateTime
  public let updated: DateTime
  public let firstActivity: DateTime
  public let lastActivity: DateTime
  /// When a person first took it up.
  public let acknowledged: DateTime?
  public let resolved: DateTime?
  public let alertCount: Int
  public let activeAlertCount: Int
  public let deviceCount: Int
  public let userCount: Int
  public let mailboxCount: Int
  public let pendingActions: Int

  public var tenant: String { reference.tenant }

  init(_ row: StatementRow) {
    id = row["id"]
    reference = IncidentReference(tenant: row["tenant"], number: row["number"])
    name = row["name"]
    nameOrigin = NameOrigin(rawValue: row["name_origin"]) ?? .automatic
    status = IncidentStatus(rawValue: row["status"]) ?? .active
    severity = Severity(rank: row["severity"])
    hasOwnSeverity = row["has_own_severity"]
    priority = row["priority"]
    assignedTo = row["assigned_to"]
    classification =
      (try? Classification(row["classification"], row["determination"])) ?? .unknown
    redirectedTo = row["redirected_to"]
    created = DateTime(ticks: row["created"])
    updated = DateTime(ticks: row["updated"])
    firstActivity = DateTime(ticks: row["first_activity"])
    lastActivity = DateTime(ticks: row["last_activity"])
    acknowledged = (row["acknowledged"] as Int64?).map { DateTime(ticks: $0) }
    resolved = (row["resolved"] as Int64?).map { DateTime(ticks: $0) }
    alertCount = row["alert_count"]
    activeAlertCount = row["active_alert_count"]
    deviceCount = row["device_count"]
    userCount = row["user_count"]
    mailboxCount = row["mailbox_count"]
    pendingActions = row["pending_actions"]
  }
}

extension Severity {
  /// Its place from 0 (informational) to 3 (high).
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  init(rank: Int) { self = Self.allCases.indices.contains(rank) ? Self.allCases[rank] : .low }
}
