import Alerts
import Columnar
import GRDB
public import Incidents
public import OperationalStore

/// Investigations in the database that they share with alerts and incidents.
public struct InvestigationStore: Sendable {
  package let incidents: IncidentStore

  /// The most investigations of a tenant that run or wait for decisions; further ones queue.
  public static let mostOpen = 50

  public init(_ incidents: IncidentStore) { self.incidents = incidents }

  func write<Value>(
    _ body: (InvestigationWriter) throws -> Value
  ) throws(StoreFailure) -> Value {
    try incidents.write { try body(InvestigationWriter($0)) }
  }

  func read<Value>(_ body: (IncidentReader) throws -> Value) throws(StoreFailure) -> Value {
    try incidents.database.read { try body(IncidentReader(database: $0)) }
  }

  // MARK: Reading

  /// Investigations of tenants, the newest first.
  public func investigations(
    of tenants: [String],
    statuses: [InvestigationStatus] = [],
    limit: Int = 50,
    offset: Int = 0
  ) throws(StoreFailure) -> [Investigation] {
    try read { reader in
      try reader.rows(
        """
        SELECT * \(Self.source(of: tenants, statuses))
        ORDER BY id DESC LIMIT \(limit) OFFSET \(offset)
        """,
        StatementArguments(tenants)
      )
      .map(Investigation.init)
    }
  }

  /// How many investigations of tenants there are in all.
  public func investigationCount(
    of tenants: [String],
    statuses: [InvestigationStatus] = []
  ) throws(StoreFailure) -> Int {
    try read { reader in
      try reader.rows(
        "SELECT count(*) AS count \(Self.source(of: tenants, statuses))",
        StatementArguments(tenants)
      )
      .first?["count"] ?? 0
    }
  }

  private static func source(of tenants: [String], _ statuses: [InvestigationStatus]) -> String {
    let states = statuses.map { "'\($0.rawValue)'" }.joined(separator: ",")
    let condition = statuses.isEmpty ? "" : " AND status IN (\(states))"
    let names = tenants.map { _ in "?" }.joined(separator: ",")
    return "FROM investigations WHERE tenant IN (\(names))\(condition)"
  }

  /// Those of the alerts that an incident has now, oldest first.
  public func investigations(
    of incident: Incident
  ) throws(StoreFailure) -> [Investigation] {
    try read { reader in
      try reader.rows(
        """
        SELECT investigations.* FROM investigations
        JOIN alerts ON alerts.id = investigations.alert
        WHERE alerts.incident = ? ORDER BY investigations.id
        """,
        [incident.id]
      )
      .map(Investigation.init)
    }
  }

  public func investigation(_ reference: ResponseReference) throws -> Investigation {
    let found = try read { reader in
      try reader.rows(
        "SELECT * FROM investigations WHERE tenant = ? AND number = ?",
        [reference.tenant, reference.number]
      )
      .first.map(Investigation.init)
    }
    guard let found else {
      throw ResponseFailure.missing("investigation", reference.description)
    }
    return found
  }

  /// What an investigation did, found and asked for.
  public func details(
    of investigation: Investigation
  ) throws(StoreFailure) -> InvestigationDetails {
    try read { try InvestigationDetails(investigation, $0) }
  }

  // MARK: Changing

  /// An investigation that somebody wanted, and whether it was started just now.
  public typealias Started = (investigation: Investigation, isNew: Bool)

  /// Starts the playbook of an alert by hand, or another one; the investigation that is there
  /// where it was investigated before.
  public func start(
    alert id: String,
    of tenant: String,
    by actor: Actor
  ) throws -> Started {
    let found = try read { try $0.alert(id, tenant) }
    guard let alert = found else { throw ResponseFailure.missing("alert", id) }
    guard
      let trigger = PlaybookTrigger.first(
        title: alert.title,
        service: alert.serviceSource,
        category: alert.category
      )
    else {
      throw ResponseFailure(
        "alerts such as '\(alert.title)' have no playbook; 'harrier investigations playbooks' "
          + "lists those that have one"
      )
    }
    return try start(trigger.playbook, .manual, for: alert, by: actor, known: trigger.known)
  }

  /// Starts an investigation by hand: raises an alert, so that there is an incident, and
  /// investigates that.
  public func start(
    _ subject: InvestigationSubject,
    of tenant: String,
    by actor: Actor
  ) throws -> Started {
    let raised = try ManualAlert(subject, by: actor.name, at: incidents.now)
    let outcome = try AlertIntake(incidents).take([raised.document]) { _ in tenant }
    if let refusal = outcome.refused.first { throw ResponseFailure(refusal.reason) }
    let placed = try IncidentPipeline(incidents).run()
    if let failure = placed.heldUp[tenant] { throw failure }
    guard let alert = try read({ try $0.alert(raised.id, tenant) }) else {
      throw ResponseFailure.missing("alert", raised.id)
    }
    return try start(raised.playbook, raised.kind, for: alert, by: actor)
  }

  private func start(
    _ playbook: Playbook,
    _ kind: InvestigationKind,
    for alert: IncidentAlert,
    by actor: Actor,
    known: Set<InvestigationEntity.Kind> = []
  ) throws -> Started {
    let made = try write { writer -> Started? in
      try writer.markExamined(alert.key)
      let (id, isNew) = try writer.start(playbook, kind, for: alert, by: actor, known: known)
      return try writer.investigation(id).map { ($0, isNew) }
    }
    guard let made else { throw ResponseFailure.missing("investigation", "of \(alert.id)") }
    return made
  }

  // MARK: Settings

  /// The levels that are set for tenants.
  public func settings(of tenants: [String]) throws(StoreFailure) -> [AutomationSetting] {
    try read { reader in
      try reader.rows(
        """
        SELECT * FROM automation_levels
        WHERE tenant IN (\(tenants.map { _ in "?" }.joined(separator: ",")))
        ORDER BY tenant, device_group
        """,
        StatementArguments(tenants)
      )
      .map { row in
        AutomationSetting(
          tenant: row["tenant"],
          deviceGroup: row["device_group"],
          level: AutomationLevel(rawValue: row["level"]) ?? .standard,
          changedBy: row["changed_by"]
        )
      }
    }
  }

  /// Sets the level of a tenant, or of a group of its devices.
  public func set(
    _ level: AutomationLevel,
    of tenant: String,
    deviceGroup: String = "",
    by actor: Actor
  ) throws(StoreFailure) {
    try write { writer in
      try writer.incidents.run(
        """
        INSERT OR REPLACE INTO automation_levels (tenant, device_group, level, changed, changed_by)
        VALUES (?, ?, ?, ?, ?)
        """,
        [tenant, deviceGroup, level.rawValue, writer.incidents.now.ticks, actor.name]
      )
    }
  }
}
