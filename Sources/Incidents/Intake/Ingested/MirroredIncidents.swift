import Columnar
import GRDB
import OperationalStore

extension IncidentReading {
  /// Whether an incident came from another product, which names it and may have more of its alerts.
  func isImported(_ incident: Incident) throws -> Bool {
    try !rows(
      "SELECT 1 FROM mirrored_incidents WHERE incident = ? AND is_imported = 1 LIMIT 1",
      [incident.id]
    )
    .isEmpty
  }

  /// Which of two incidents is merged into the other: the one with fewer alerts, and never one of
  /// another product.
  func direction(
    of one: Incident,
    _ other: Incident
  ) throws -> (source: Incident, kept: Incident) {
    let swap = (one.alertCount, -one.id) < (other.alertCount, -other.id)
    let (source, kept) = swap ? (one, other) : (other, one)
    return try isImported(source) ? (kept, source) : (source, kept)
  }

  /// The incident of another product that says that it has an alert.
  func incident(claiming alert: IncidentAlert) throws -> Incident? {
    let named = try rows(
      "SELECT max(incident) FROM claimed_alerts WHERE tenant = ? AND alert = ?",
      [alert.tenant, alert.id]
    ) { $0[0] as Int64? }
    let aliased = try rows(
      """
      SELECT max(incident) FROM alert_aliases AS aliases
        JOIN claimed_alerts AS claimed ON claimed.tenant = aliases.tenant
          AND claimed.alert = aliases.alias
      WHERE aliases.tenant = ? AND aliases.alert = ?
      """,
      [alert.tenant, alert.key]
    ) { $0[0] as Int64? }
    guard let last = (named + aliased).max() else { return nil }
    let incident = try incident(last)
    return try incident?.redirectedTo.flatMap { try self.incident($0) } ?? incident
  }

  /// Whether any incident of another product says which alerts it has.
  func hasClaims() throws -> Bool {
    try !rows("SELECT 1 FROM claimed_alerts LIMIT 1", []).isEmpty
  }

  /// What SecurityIncident said last of an incident.
  func mirror(_ name: String, _ tenant: String) throws -> Mirror? {
    try rows(
      "SELECT * FROM mirrored_incidents WHERE tenant = ? AND name = ?",
      [tenant, name],
      Mirror.init
    )
    .first
  }

  /// The ids of alerts that an incident of another product has and that are not here.
  func missingAlerts(of incident: Incident) throws -> [String] {
    try rows("SELECT alert FROM claimed_alerts WHERE incident = ? ORDER BY alert", [incident.id])
      .map { $0["alert"] as String }
      .filter { try alert($0, incident.tenant) == nil }
  }
}

/// What SecurityIncident said last of an incident.
struct Mirror {
  let incident: Int64
  let modified: Int64
  let row: IngestedRow

  init(_ row: StatementRow) {
    incident = row["incident"]
    modified = row["modified"]
    self.row = IngestedRow(stored: row["cells"])
  }
}

extension IncidentWriter {
  func keep(
    _ row: IngestedRow,
    _ name: String,
    of incident: Incident,
    modified: DateTime,
    isImported: Bool
  ) throws {
    try run(
      """
      INSERT INTO mirrored_incidents (tenant, name, incident, is_imported, modified, cells, taken)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET modified = excluded.modified, cells = excluded.cells,
        taken = excluded.taken
      """,
      [
        incident.tenant, name, incident.id, isImported, modified.ticks, row.stored, now.ticks,
      ]
    )
    try keepColumns(of: row, .securityIncident, incident.tenant)
  }

  /// Puts the alerts that another product says to be in an incident there; those that are not here
  /// yet follow when they come. An alert that somebody moved by hand stays.
  func claim(_ ids: some Sequence<String>, for incident: Incident) throws {
    var touched: Set<Int64> = []
    for id in ids {
      try run(
        "INSERT OR REPLACE INTO claimed_alerts (tenant, alert, incident) VALUES (?, ?, ?)",
        [incident.tenant, id, incident.id]
      )
      guard let alert = try alert(id, incident.tenant), let old = alert.incident,
        old != incident.id, try !isMovedByHand(alert)
      else { continue }
      try place(alert.key, in: incident.id)
      for place in [old, incident.id] {
        try note(
          "alert moved",
          on: place,
          alert.tenant,
          by: .sentinel,
          alert: alert.id,
          old: try self.incident(old)?.reference.description ?? "",
          new: incident.reference.description,
          comment: LinkReason.sourceIncident.rawValue
        )
      }
      try link(alert, to: incident)
      try inheritOwner(alert.key, of: incident)
      touched.insert(old)
    }
    for id in touched.sorted() { try count(id) }
    try count(incident.id)
  }

  private func isMovedByHand(_ alert: IncidentAlert) throws -> Bool {
    try !rows(
      """
      SELECT 1 FROM history WHERE incident = ? AND alert = ? AND action = 'alert moved'
        AND is_system = 0 LIMIT 1
      """,
      [alert.incident, alert.id]
    )
    .isEmpty
  }

  private func link(_ alert: IncidentAlert, to incident: Incident) throws {
    try run("DELETE FROM alert_links WHERE alert = ?", [alert.key])
    try run(
      """
      INSERT INTO alert_links (alert, position, other, reason, key, weight)
      VALUES (?, 0, '', ?, ?, 1)
      """,
      [alert.key, LinkReason.sourceIncident.rawValue, "incident:\(incident.reference)"]
    )
  }

  /// Resolves an alert that joins an incident that its product has closed.
  func resolve(_ alert: IncidentAlert, with incident: Incident) throws {
    guard incident.status == .resolved, let placed = try self.alert(key: alert.key) else { return }
    try setStatus(
      .resolved,
      of: placed,
      by: .sentinel,
      isPropagated: true,
      at: incident.resolved
    )
  }
}

extension Correlator.Link {
  /// That the alert is in an incident of another product.
  static func claimed(by incident: Incident) -> Correlator.Link {
    Correlator.Link(
      incident: incident.id,
      other: "",
      parts: [
        LinkScore.Part(
          reason: .sourceIncident,
          key: "incident:\(incident.reference)",
          weight: 1
        )
      ],
      total: 1
    )
  }
}
