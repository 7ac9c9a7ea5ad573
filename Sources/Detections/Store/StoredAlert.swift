public import Alerts
public import Columnar
public import DetectionRules
import GRDB
public import OperationalStore

/// An alert as the database keeps it.
public struct StoredAlert: Sendable, Equatable {
  public let id: String
  /// In hexadecimal digits.
  public let key: String
  public let tenant: String
  public let rule: String
  public let run: Int64
  public let title: String
  public let description: String
  public let recommendedActions: String?
  public let severity: Severity
  public let category: String
  public let tactics: [String]
  public let techniques: [String]
  public let serviceSource: String
  public let detectionSource: String
  public let status: String
  public let firstTime: DateTime
  public let lastTime: DateTime
  public let created: DateTime
  public let updated: DateTime
  public let eventCount: Int
  /// Further alerts for which it stands.
  public let standsFor: Int
}

extension DetectionStore {
  /// The alerts of a tenant, of one rule or of all, oldest first.
  public func alerts(
    of tenant: String,
    rule: String? = nil
  ) throws(StoreFailure) -> [StoredAlert] {
    try fetch(
      """
      SELECT * FROM alerts WHERE tenant = ?1 AND (?2 IS NULL OR rule = ?2)
      ORDER BY created, id
      """,
      [tenant, rule],
      Self.alert
    )
  }

  /// The events that an alert keeps.
  public func events(ofAlert id: String) throws(StoreFailure) -> [AlertEvent] {
    try fetch("SELECT * FROM alert_events WHERE alert = ? ORDER BY position", [id]) { row in
      AlertEvent(
        key: EventKey(digits: row["key"]),
        time: Self.time(row["time"]),
        row: row["row"]
      )
    }
  }

  /// The entities of an alert.
  public func entities(ofAlert id: String) throws(StoreFailure) -> [Entity] {
    try fetch("SELECT * FROM alert_entities WHERE alert = ? ORDER BY position", [id]) { row in
      guard let kind = EntityKind(rawValue: row["kind"]) else { return nil }
      return Entity(
        kind,
        StoredJSON.members(row["identifiers"]),
        isImpactedAsset: row["is_impacted"]
      )
    }
  }

  /// The labels and values of an alert's side pane.
  public func details(ofAlert id: String) throws(StoreFailure) -> [AlertDetail] {
    try fetch("SELECT * FROM alert_details WHERE alert = ? ORDER BY position", [id]) { row in
      AlertDetail(label: row["label"], value: row["value"])
    }
  }

  private static func alert(_ row: StatementRow) -> StoredAlert {
    StoredAlert(
      id: row["id"],
      key: row["key"],
      tenant: row["tenant"],
      rule: row["rule"],
      run: row["run"],
      title: row["title"],
      description: row["description"],
      recommendedActions: row["recommended_actions"],
      severity: Severity(rawValue: row["severity"]) ?? .medium,
      category: row["category"],
      tactics: StoredJSON.texts(row["tactics"]),
      techniques: StoredJSON.texts(row["techniques"]),
      serviceSource: row["service_source"],
      detectionSource: row["detection_source"],
      status: row["status"],
      firstTime: DateTime(ticks: row["first_time"]),
      lastTime: DateTime(ticks: row["last_time"]),
      created: DateTime(ticks: row["created"]),
      updated: DateTime(ticks: row["updated"]),
      eventCount: row["events"],
      standsFor: row["stands_for"]
    )
  }
}
