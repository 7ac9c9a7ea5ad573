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

  var sql: String {
    let column =
      switch key {
      case .activity: "last_activity"
      case .first: "first_activity"
      case .alerts: "alert_count"
      case .devices: "device_count"
      case .users: "user_count"
      case .mailboxes: "mailbox_count"
      case .assignee: "assigned_to"
      default: key.rawValue
      }
    let direction = isDescending ? "DESC" : "ASC"
    return "\(column) \(direction), id \(direction)"
  }
}

extension IncidentStore {
  /// A part of a queue.
  public struct Page: Sendable {
    public let incidents: [Incident]
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
    let conditions = try filter.terms.map { try IncidentCondition($0, me: me, now: now) }
    return try database.read { database in
      let scope = try TenantCondition(tenants, database)
      var parts = scope.parts + conditions.map(\.sql)
      if !filter.terms.contains(where: { $0.key == .status }) {
        parts.append("status <> 'redirected'")
      }
      let rest =
        "FROM incidents WHERE " + (parts.isEmpty ? "true" : parts.joined(separator: " AND "))
      let values =
        StatementArguments(scope.arguments)
        + (StatementArguments(conditions.flatMap(\.arguments)) ?? [])
      let total = try Int.fetchOne(database, sql: "SELECT count(*) \(rest)", arguments: values)
      // The rows of the page alone are read; the rest is in an index.
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM incidents WHERE id IN
            (SELECT id \(rest) ORDER BY \(order.sql) LIMIT \(limit) OFFSET \(offset))
          ORDER BY \(order.sql)
          """,
        arguments: values
      )
      return Page(incidents: rows.map(Incident.init), total: total ?? 0)
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

  /// The alerts of tenants, the newest first.
  public func alerts(
    of tenants: [String],
    statuses: [AlertStatus] = [],
    limit: Int = 50
  ) throws(StoreFailure) -> [IncidentAlert] {
    let names = tenants.map { _ in "?" }.joined(separator: ",")
    let states = statuses.map { "'\($0.rawValue)'" }.joined(separator: ",")
    let condition = statuses.isEmpty ? "" : " AND status IN (\(states))"
    return try database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM alerts WHERE tenant IN (\(names))\(condition)
          ORDER BY created DESC, id LIMIT \(limit)
          """,
        arguments: StatementArguments(tenants)
      )
      .map(IncidentAlert.init)
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
