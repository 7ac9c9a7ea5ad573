import Columnar

/// The queries behind the view of one device, user or mailbox.
public struct EntityQueries: Sendable {
  /// A part of the view.
  public enum Part: String, Sendable, CaseIterable {
    case facts, alerts, incidents, timeline
  }

  /// What each tenant is asked, by part.
  private let tenant: [Part: FleetQuery]
  /// The same of all tenants.
  private let fleet: [Part: FleetQuery]

  /// All of them, those of tenants first.
  public var all: [FleetQuery] {
    Part.allCases.compactMap { tenant[$0] } + Part.allCases.compactMap { fleet[$0] }
  }

  /// The queries of parts over all tenants.
  public func queries(of parts: [Part]) -> [FleetQuery] { parts.compactMap { fleet[$0] } }

  func tenantQuery(_ part: Part) -> FleetQuery {
    guard let query = tenant[part] else { unreachable("each part has a query") }
    return query
  }

  /// What tells the parts of one kind of thing from those of others.
  struct Definition {
    /// `devices`, `users` or `mailboxes`.
    let kind: String
    let one: String
    let tables: [Part: FleetTable]
    /// Declares what the parts read: who or what is meant, and `named`, the ids of its alerts.
    let meant: String
    /// The facts, a row for each thing that is meant.
    let facts: String
    /// Its events: tables with their conditions and the columns of the timeline.
    let events: [EventSource]
  }

  init(_ definition: Definition) {
    var tenant: [Part: FleetQuery] = [:]
    var fleet: [Part: FleetQuery] = [:]
    for part in Part.allCases {
      guard let table = definition.tables[part] else { continue }
      let name = "\(definition.kind).\(part.rawValue)"
      let about = Self.about(part, definition.one)
      tenant[part] = FleetQuery(
        name,
        about + " in a tenant (--param Entity=NAME)",
        .tenant(table: table),
        Self.parameters,
        Self.declaration + "\n" + definition.meant + "\n" + Self.body(part, definition),
        optionalTables: part == .facts ? FleetQuery.optionalTables : Self.optional(definition)
      )
      fleet[part] = FleetQuery(
        name + "-of-all",
        about + " in all tenants",
        .fleet(reads: [table]),
        part == .timeline ? ["Rows"] : [],
        Self.overTenants(part, table)
      )
    }
    self.tenant = tenant
    self.fleet = fleet
  }

  private static let parameters: Set<String> = ["Entity", "Lookback", "Start", "End", "Rows"]

  private static let declaration = """
    declare query_parameters(Entity:string='', Lookback:timespan=30d,
        Start:datetime=datetime(1900-01-01), End:datetime=datetime(2200-01-01), Rows:long=200);
    """

  /// Where a tenant lacks tables, nothing is known to have happened there.
  private static func optional(_ definition: Definition) -> Set<String> {
    FleetQuery.optionalTables.union(definition.events.map(\.table))
      .union(["AlertInfo", "AlertEvidence", "DeviceInfo", "IdentityInfo", "SecurityIncident"])
  }

  private static func about(_ part: Part, _ one: String) -> String {
    switch part {
    case .facts: "what is known of one \(one)"
    case .alerts: "the alerts that name one \(one) as evidence"
    case .incidents: "the incidents of the alerts that name one \(one)"
    case .timeline: "the last events and alerts of one \(one) from Start until before End"
    }
  }

  private static func body(_ part: Part, _ definition: Definition) -> String {
    switch part {
    case .facts: definition.facts
    case .alerts: alerts + "\nalerts"
    case .incidents: incidents
    case .timeline: timeline(definition.events)
    }
  }

  private static func overTenants(_ part: Part, _ table: FleetTable) -> String {
    let name = table.rawValue
    switch part {
    case .facts: return "\(name)\n| project-away Status\n| sort by Tenant asc"
    case .alerts:
      return """
        \(name)
        | project-away Status
        | project-rename Status = AlertStatus
        | sort by Timestamp desc, Tenant asc, AlertId asc
        """
    case .incidents:
      return """
        \(name)
        | project-away Status
        | project-rename Status = IncidentStatus
        | sort by Updated desc, Tenant asc, Incident asc
        """
    case .timeline:
      return """
        declare query_parameters(Rows:long=200);
        \(name)
        | project-away Status
        | sort by Timestamp desc, Tenant asc, Source asc, ActionType asc, What asc
        | take Rows
        """
    }
  }

  /// Declares `alerts`, those that are named.
  private static let alerts = """
    let alerts = named
    | join kind=inner (AlertInfo
        | summarize arg_max(Timestamp, Title, Severity, Category, ServiceSource, DetectionSource)
            by AlertId) on AlertId
    | join kind=leftouter (SecurityAlert
        | summarize arg_max(Timestamp, Status) by AlertId = SystemAlertId) on AlertId
    | project Timestamp, AlertId, Title, Severity, AlertStatus = Status, Category, ServiceSource,
        DetectionSource;
    """

  private static let incidents = """
    SecurityIncident
    | summarize arg_max(Timestamp, Title, Severity, Status, Owner, CreatedTime, LastModifiedTime,
        AlertIds) by IncidentName
    | mv-expand AlertId = AlertIds to typeof(string)
    | where AlertId in (named)
    | summarize Alerts = count_distinct(AlertId) by Incident = IncidentName, Title, Severity,
        IncidentStatus = Status, AssignedTo = tostring(Owner.assignedTo), Created = CreatedTime,
        Updated = LastModifiedTime
    """

  private static func timeline(_ events: [EventSource]) -> String {
    let sources =
      events.map(\.text) + [
        """
        (alerts | where Timestamp >= Start and Timestamp < End
            | project Timestamp, Source = 'AlertInfo', ActionType = 'Alert', Account = '',
                Device = '', Address = '', What = strcat(Severity, ': ', Title, ' (', AlertId, ')'))
        """
      ]
    return """
      \(alerts)
      union
          \(sources.joined(separator: ",\n    "))
      | sort by Timestamp desc, Source asc, ActionType asc, What asc
      | take Rows
      """
  }
}

/// Events of a table in a timeline.
struct EventSource {
  let table: String
  let condition: String
  /// The column of what was done.
  var action = "ActionType"
  var account = "''"
  var device = "''"
  var address = "''"
  /// What it was about, as a text.
  let what: String

  var text: String {
    """
    (\(table) | where Timestamp >= Start and Timestamp < End and \(condition)
            | project Timestamp, Source = '\(table)', ActionType = \(action), Account = \(account),
                Device = \(device), Address = \(address), What = \(what))
    """
  }
}
