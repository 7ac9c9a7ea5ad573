import Columnar
import GRDB
public import OperationalStore

/// In which order incidents are listed.
public struct IncidentOrder: Sendable, Equatable {
  /// What incidents are ordered by.
  public enum Key: String, Sendable, CaseIterable {
    case updated, created, activity, first, priority, severity, status, name, alerts, devices
    case users, mailboxes, assignee, tenant, number, classification
  }

  public let key: Key
  public let isDescending: Bool

  public init(_ key: Key, descending isDescending: Bool) {
    self.key = key
    self.isDescending = isDescending
  }

  /// Reads `priority`, `priority:desc` or `priority:asc`; nil for anything else. Times and numbers
  /// begin with the highest where nothing is said.
  public init?(reading text: String) {
    let parts = text.lowercased().split(separator: ":", maxSplits: 1).map(String.init)
    guard let key = parts.first.flatMap({ Key(rawValue: $0) }) else { return nil }
    switch parts.count > 1 ? parts[1] : "" {
    case "": self.init(key, descending: ![.name, .assignee, .tenant, .status].contains(key))
    case "desc": self.init(key, descending: true)
    case "asc": self.init(key, descending: false)
    default: return nil
    }
  }

  var column: QueueColumn {
    switch key {
    case .updated: .updated
    case .created: .created
    case .activity: .lastActivity
    case .first: .firstActivity
    case .priority: .priority
    case .severity: .severity
    case .status: .status
    case .alerts: .alerts
    case .devices: .devices
    case .users: .users
    case .mailboxes: .mailboxes
    case .assignee: .assignee
    case .tenant: .tenant
    case .classification: .classification
    case .number: .number
    case .name: .name
    }
  }
}

extension IncidentStore {
  /// A part of a queue.
  public struct Page: Sendable {
    public let incidents: [Incident]
    /// The tags of those that have some, by what the database knows an incident by.
    public let tags: [Int64: [String]]
    /// How many incidents there are in all.
    public let total: Int
  }

  /// The incidents of tenants that a filter lets through.
  ///
  /// - Parameter me: who asks, for `assignee=me`.
  public func incidents(
    of tenants: [String],
    filter: IncidentFilter = .all,
    order: IncidentOrder = IncidentOrder(.updated, descending: true),
    me: String = "",
    limit: Int = 50,
    offset: Int = 0
  ) throws -> Page {
    try check(filter, of: tenants)
    let conditions = try filter.terms.map { try IncidentCondition($0, me: me, now: now) }
    let isOfStatus = filter.terms.contains { $0.key == .status }
    return try database.read { database in
      let reader = IncidentReader(database: database)
      var words = try QueueWords(database, keeps: false)
      let changed = try reader.changedBlocks(&words, path: self.database.path)
      var tests = try conditions.map { try QueueScan.ColumnTest($0, words, reader) }
      if let ofTenants = try QueueScan.ColumnTest.of(tenants, words) { tests.append(ofTenants) }
      if !isOfStatus { tests.append(.standing) }
      let scan = QueueScan(
        tests: tests,
        order: try QueueOrder(order, words),
        limit: limit,
        offset: offset
      )
      let found = try scan.run(database, changed, path: self.database.path)
      return Page(
        incidents: try found.ids.compactMap(reader.incident),
        tags: try reader.tags(of: found.ids),
        total: found.total
      )
    }
  }

  /// An incident; one that was merged leads to the one that has its alerts now.
  public func incident(
    _ reference: IncidentReference,
    followsRedirect: Bool = false
  ) throws -> Incident {
    let found = try database.read { database -> Incident? in
      let reader = IncidentReader(database: database)
      guard let incident = try reader.incident(reference) else { return nil }
      guard followsRedirect, let target = incident.redirectedTo else { return incident }
      return try reader.incident(target)
    }
    guard let found else { throw IncidentFailure.missing(reference.description) }
    return found
  }

  /// What is shown of an incident.
  public func details(of incident: Incident) throws(StoreFailure) -> IncidentDetails {
    try database.read { try IncidentDetails(incident, IncidentReader(database: $0)) }
  }

  /// Tags of a tenant that begin with some letters, those used last first.
  public func suggestedTags(
    _ tenant: String,
    prefix: String
  ) throws(StoreFailure) -> [String] {
    try database.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT tag FROM used_tags WHERE tenant = ? AND instr(lower(tag), ?) = 1
          ORDER BY last DESC, tag LIMIT 50
          """,
        arguments: [tenant, prefix.lowercased()]
      )
    }
  }

  /// A part of the alerts of tenants.
  public struct AlertPage: Sendable {
    public let alerts: [IncidentAlert]
    /// How many alerts there are in all; one more than ``mostCounted`` where they are more.
    public let total: Int
  }

  /// Up to how many alerts are counted for a page of them.
  public static let mostCounted = 10_000

  /// The alerts of tenants, the newest first.
  public func alerts(
    of tenants: [String],
    statuses: [AlertStatus] = [],
    limit: Int = 50,
    offset: Int = 0
  ) throws(StoreFailure) -> AlertPage {
    let names = tenants.map { _ in "?" }.joined(separator: ",")
    let states = statuses.map { "'\($0.rawValue)'" }.joined(separator: ",")
    let condition = statuses.isEmpty ? "" : " AND status IN (\(states))"
    let chosen = "FROM alerts WHERE tenant IN (\(names))\(condition)"
    return try database.read { database in
      let reader = IncidentReader(database: database)
      let alerts = try reader.rows(
        "SELECT * \(chosen) ORDER BY created DESC, id LIMIT \(limit) OFFSET \(offset)",
        StatementArguments(tenants),
        IncidentAlert.init
      )
      let total = try reader.rows(
        "SELECT count(*) FROM (SELECT 1 \(chosen) LIMIT \(Self.mostCounted + 1))",
        StatementArguments(tenants)
      ) { $0[0] as Int }
      return AlertPage(alerts: alerts, total: total.first ?? 0)
    }
  }

  /// An alert with its evidence.
  public func alert(
    _ id: String,
    of tenant: String
  ) throws(StoreFailure) -> (alert: IncidentAlert, evidence: [Evidence], incident: Incident?)? {
    try database.read { database in
      let reader = IncidentReader(database: database)
      guard let alert = try reader.alert(id, tenant) else { return nil }
      let incident = try alert.incident.flatMap { try reader.incident($0) }
      return (alert, try reader.evidence(ofAlert: alert.key), incident)
    }
  }
}
