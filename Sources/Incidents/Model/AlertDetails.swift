import Columnar
import GRDB
public import OperationalStore

/// All that is shown of an alert.
public struct AlertDetails: Sendable {
  public let alert: IncidentAlert
  /// In the order in which the alert tells of it.
  public let evidence: [Evidence]
  /// nil where it waits for one, or its rule makes none.
  public let incident: Incident?
  /// Why it is in its incident.
  public let links: [AlertLink]
  /// What was done to it, in whatever incident it was then, oldest first.
  public let history: [HistoryEntry]
  public let recommendedActions: String
  /// The name of the rule that raised it; empty for other products' alerts.
  public let ruleName: String
  /// How many events it was raised for; 0 for other products' alerts.
  public let events: Int
  /// What its rule or product names of events, as labels and values.
  public let customDetails: [(label: String, value: String)]
  /// The tuning rule that resolved it.
  public let tunedBy: String?

  /// What was said of it at its product.
  private let toldComments: [HistoryEntry]
  /// What its product says further, as JSON; nil where there is nothing.
  let additionalFields: String?

  /// What was said of it here and at its product, oldest first.
  public var comments: [HistoryEntry] { history.comments(with: toldComments) }

  init(_ alert: IncidentAlert, _ reader: some IncidentReading) throws {
    self.alert = alert
    evidence = try reader.evidence(ofAlert: alert.key)
    incident = try alert.incident.flatMap { try reader.incident($0) }
    links = try reader.links(of: alert)
    history = try reader.history(of: alert)
    let facts = try reader.rows(
      """
      SELECT recommended_actions, events, tuned_by,
        (SELECT name FROM rules WHERE rules.id = alerts.rule) AS rule_name
      FROM alerts WHERE id = ?
      """,
      [alert.key]
    ) { row in
      (
        recommended: row["recommended_actions"] as String?, events: row["events"] as Int,
        tunedBy: row["tuned_by"] as String?, rule: row["rule_name"] as String?
      )
    }
    .first
    recommendedActions = facts?.recommended ?? ""
    ruleName = facts?.rule ?? ""
    events = facts?.events ?? 0
    tunedBy = facts?.tunedBy
    customDetails = try reader.customDetails(ofAlert: alert.key)
    let document = try reader.document(ofAlert: alert.key)
    toldComments = document.comments(of: alert.id)
    additionalFields = document.further
  }
}

extension IncidentStore {
  /// What is shown of an alert of a tenant; nil where there is none of that id.
  public func alertDetails(
    _ id: String,
    of tenant: String
  ) throws(StoreFailure) -> AlertDetails? {
    try database.read { database in
      let reader = IncidentReader(database: database)
      return try reader.alert(id, tenant).map { try AlertDetails($0, reader) }
    }
  }
}

/// How the history of an alert is read.
enum AlertHistory {
  /// What was done to an alert of a tenant, by the index of alerts. Without the `+` the index of
  /// tenants could be chosen, which leads through all of their history.
  static let query = "SELECT * FROM history WHERE +tenant = ? AND alert = ? ORDER BY id"
}

extension IncidentReading {
  /// Why an alert is in its incident: who moved it there, and what it shares with alerts that are
  /// in the same by now, by their ids.
  func links(of alert: IncidentAlert) throws -> [AlertLink] {
    let found = try rows(
      """
      SELECT reason, alert_links.key, coalesce(others.provider_id, others.id, alert_links.other)
      FROM alert_links LEFT JOIN alerts AS others ON others.id = alert_links.other
      WHERE alert = ?1 AND (others.id IS NULL OR others.incident IS ?2) ORDER BY position
      """,
      [alert.key, alert.incident]
    ) { AlertLink(reason: $0[0], shared: $0[1], other: $0[2]) }
    guard let mover = try mover(of: alert) else { return found }
    // What is shared with no alert was said of the incident that it was in.
    return [AlertLink(reason: "moved by \(mover)", shared: "", other: "")]
      + found.filter { !$0.other.isEmpty }
  }

  /// Who moved an alert into its incident; nil where nobody did, or it came back.
  private func mover(of alert: IncidentAlert) throws -> String? {
    let last = try rows(
      """
      SELECT actor, comment, new = (SELECT tenant || '/' || number FROM incidents WHERE id = ?1)
      FROM history WHERE incident = ?1 AND alert = ?2 AND action = 'alert moved'
      ORDER BY id DESC LIMIT 1
      """,
      [alert.incident, alert.id]
    ) { (actor: $0[0] as String, comment: $0[1] as String, isHere: $0[2] as Bool?) }
    return last.first.flatMap { $0.isHere == true && $0.comment != "undone" ? $0.actor : nil }
  }

  fileprivate func history(of alert: IncidentAlert) throws -> [HistoryEntry] {
    try rows(AlertHistory.query, [alert.tenant, alert.id], HistoryEntry.init)
  }
}
