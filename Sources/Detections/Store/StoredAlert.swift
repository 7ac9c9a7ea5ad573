public import Columnar
public import DetectionRules
import GRDB
public import OperationalStore
import StructuredText

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
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM alerts WHERE tenant = ?1 AND (?2 IS NULL OR rule = ?2)
          ORDER BY created, id
          """,
        arguments: [tenant, rule]
      )
      .map(Self.alert)
    }
  }

  /// The events that an alert keeps.
  public func events(ofAlert id: String) throws(StoreFailure) -> [AlertEvent] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM alert_events WHERE alert = ? ORDER BY position",
        arguments: [id]
      )
      .map { row in
        AlertEvent(
          key: EventKey(digits: row["key"]),
          time: Self.time(row["time"]),
          row: row["row"]
        )
      }
    }
  }

  /// The entities of an alert.
  public func entities(ofAlert id: String) throws(StoreFailure) -> [Entity] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM alert_entities WHERE alert = ? ORDER BY position",
        arguments: [id]
      )
      .compactMap { row in
        guard let kind = EntityKind(rawValue: row["kind"]) else { return nil }
        let text: String = row["identifiers"]
        let members = try? TextDocument(Array(text.utf8), format: .json).root.members
        return Entity(
          kind,
          (members ?? []).map { ($0.key, $0.value.text ?? "") },
          isImpactedAsset: row["is_impacted"]
        )
      }
    }
  }

  /// The labels and values of an alert's side pane.
  public func details(ofAlert id: String) throws(StoreFailure) -> [AlertDetail] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT label, value FROM alert_details WHERE alert = ? ORDER BY position",
        arguments: [id]
      )
      .map { AlertDetail(label: $0["label"], value: $0["value"]) }
    }
  }

  private static func alert(_ row: Row) -> StoredAlert {
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
      tactics: texts(row["tactics"]),
      techniques: texts(row["techniques"]),
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

  private static func texts(_ list: String) -> [String] {
    let document = try? TextDocument(Array(list.utf8), format: .json)
    return document?.root.items?.compactMap(\.text) ?? []
  }
}
