import Alerts
public import Columnar
import GRDB
import OperationalStore

/// What is done or said about an incident; nothing of it ever changes.
public struct HistoryEntry: Sendable, Equatable {
  public let at: DateTime
  public let actor: String
  public let isSystem: Bool
  public let action: String
  /// The alert that it was about.
  public let alert: String?
  public let old: String
  public let new: String
  public let comment: String

  init(_ row: StatementRow) {
    at = DateTime(ticks: row["at"])
    actor = row["actor"]
    isSystem = row["is_system"]
    action = row["action"]
    alert = row["alert"]
    old = row["old"]
    new = row["new"]
    comment = row["comment"]
  }

  /// What somebody said of an alert where its product shows it.
  init(comment: String, on alert: String, by actor: String, at time: DateTime) {
    at = time
    self.actor = actor
    isSystem = false
    action = "alert comment"
    self.alert = alert
    old = ""
    new = ""
    self.comment = comment
  }
}

extension HistoryEntry {
  /// Whether somebody said something, of an incident or an alert.
  public var isComment: Bool { action.hasSuffix("comment") }
}

extension [HistoryEntry] {
  /// The comments of a history with those that products told of, oldest first.
  func comments(with told: [HistoryEntry]) -> [HistoryEntry] {
    let own = filter(\.isComment)
    if told.isEmpty { return own }
    return (told + own).enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }
}

/// Why an alert is in its incident.
public struct AlertLink: Sendable, Equatable {
  /// In Graph's words, or `moved by` and who did.
  public let reason: String
  /// What is shared, as `device:4f2a`; empty where the reason is the nature of the alerts.
  public let shared: String
  /// That as people read it: a key of two parts has a control character between them.
  public var sharedText: String { shared.replacing("\u{1F}", with: " / ") }
  /// The alert with which it is shared; empty where there is none.
  public let other: String
}

/// Evidence of an incident: one thing, whatever alerts tell of it.
public struct IncidentEvidence: Sendable {
  public let evidence: Evidence
  public let alerts: [String]
}

/// An incident with its alerts and what was said and done.
struct IncidentRecord {
  let incident: Incident
  /// In the order of their first events.
  let alerts: [IncidentAlert]
  let tags: [String]
  /// Those of ``tags`` that Harrier set.
  let systemTags: Set<String>
  let history: [HistoryEntry]
  let description: String
  let resolvingComment: String
  /// Where a merged incident's alerts are.
  let redirectedTo: IncidentReference?
  /// The ids of alerts that another product has in it and that are not here.
  let missingAlerts: [String]

  /// What is read of one; the rest is empty.
  struct Parts: OptionSet {
    let rawValue: Int
    static let alerts = Parts(rawValue: 1)
    static let tags = Parts(rawValue: 2)
    static let history = Parts(rawValue: 4)
    static let texts = Parts(rawValue: 8)
    static let redirection = Parts(rawValue: 16)
    static let all: Parts = [.alerts, .tags, .history, .texts, .redirection]
  }

  init(_ incident: Incident, _ reader: some IncidentReading, _ parts: Parts = .all) throws {
    self.incident = incident
    let hasAlerts = parts.contains(.alerts)
    alerts = hasAlerts ? try reader.alerts(of: incident.id) : []
    missingAlerts = hasAlerts ? try reader.missingAlerts(of: incident) : []
    let tags = parts.contains(.tags) ? try reader.tagsWithOrigin(of: incident.id) : []
    self.tags = tags.map(\.name)
    systemTags = Set(tags.filter(\.isSystem).map(\.name))
    let target = parts.contains(.redirection) ? incident.redirectedTo : nil
    redirectedTo = try target.flatMap { try reader.incident($0)?.reference }
    history = parts.contains(.history) ? try reader.history(of: incident.id) : []
    let texts = parts.contains(.texts) ? try reader.texts(of: incident.id) : nil
    description = texts?.description ?? ""
    resolvingComment = texts?.resolvingComment ?? ""
  }

  /// When it was resolved, or merged into another.
  var closed: DateTime? {
    guard incident.status == .redirected else { return incident.resolved }
    return history.last { $0.action == "merged" }?.at ?? incident.updated
  }

  func summary(assets: [Evidence] = []) -> IncidentSummary {
    IncidentSummary(alerts, assets: assets, tags: tags)
  }
}

extension IncidentReading {
  fileprivate func tagsWithOrigin(of incident: Int64) throws -> [(name: String, isSystem: Bool)] {
    try rows(
      "SELECT tag, is_system FROM incident_tags WHERE incident = ? ORDER BY tag",
      [incident]
    ) { (name: $0[0] as String, isSystem: $0[1] as Bool) }
  }

  fileprivate func history(of incident: Int64) throws -> [HistoryEntry] {
    try rows(
      "SELECT * FROM history WHERE incident = ? ORDER BY id",
      [incident],
      HistoryEntry.init
    )
  }

  fileprivate func texts(
    of incident: Int64
  ) throws -> (description: String, resolvingComment: String)? {
    try rows(
      "SELECT description, resolving_comment FROM incident_texts WHERE incident = ?",
      [incident]
    ) { (description: $0[0] as String, resolvingComment: $0[1] as String) }
    .first
  }
}

/// All that is shown of an incident.
public struct IncidentDetails: Sendable {
  public let incident: Incident
  /// In the order of their first events.
  public let alerts: [IncidentAlert]
  /// By the ids of the alerts.
  public let links: [String: [AlertLink]]
  public let evidence: [IncidentEvidence]
  public let tags: [String]
  public let history: [HistoryEntry]
  public let description: String
  public let resolvingComment: String
  public let priority: PriorityScore
  /// In the order of the kill chain.
  public let categories: [String]
  /// Where a merged incident's alerts are.
  public let redirectedTo: IncidentReference?
  /// How many automated investigations of its alerts there are in each status, in alphabetical
  /// order.
  public let investigations: [(status: String, count: Int)]

  /// What was said of its alerts at their products.
  private let toldComments: [HistoryEntry]

  /// What was said of the incident and its alerts, oldest first.
  public var comments: [HistoryEntry] { history.comments(with: toldComments) }

  init(_ incident: Incident, _ reader: some IncidentReading) throws {
    let record = try IncidentRecord(incident, reader)
    self.incident = incident
    alerts = record.alerts
    tags = record.tags
    history = record.history
    description = record.description
    resolvingComment = record.resolvingComment
    toldComments = try reader.toldComments(of: incident.id)
    redirectedTo = record.redirectedTo
    investigations = try reader.rows(
      """
      SELECT investigations.status, count(*) FROM investigations
      JOIN alerts ON alerts.id = investigations.alert
      WHERE alerts.incident = ? GROUP BY investigations.status ORDER BY investigations.status
      """,
      [incident.id]
    ) { ($0[0], $0[1]) }
    var all: [(String, Evidence)] = []
    for alert in alerts {
      all += try reader.evidence(ofAlert: alert.key).map { (alert.id, $0) }
    }
    evidence = Self.grouped(all)
    links = Dictionary(uniqueKeysWithValues: try alerts.map { ($0.id, try reader.links(of: $0)) })
    let summary = record.summary(assets: all.map(\.1))
    categories = summary.categories
    priority = summary.priority(severity: incident.severity)
  }

  /// The same thing of several alerts once, in the order of the first.
  private static func grouped(_ all: [(String, Evidence)]) -> [IncidentEvidence] {
    var order: [Evidence.Identity] = []
    var found: [Evidence.Identity: (Evidence, [String])] = [:]
    for (alert, item) in all {
      let identity = item.identity
      if found[identity] == nil { order.append(identity) }
      let known = found[identity] ?? (item, [])
      let alerts = known.1.last == alert ? known.1 : known.1 + [alert]
      found[identity] = (known.0.joined(with: item), alerts)
    }
    return order.compactMap { identity in
      found[identity].map { IncidentEvidence(evidence: $0.0, alerts: $0.1) }
    }
  }
}

extension IncidentEvidence {
  public init(evidence: Evidence, alert id: String) {
    self.init(evidence: evidence, alerts: [id])
  }

  /// Whether it is about a device, a user or a mailbox.
  var isAsset: Bool { AssetIdentity(evidence) != nil }
}
