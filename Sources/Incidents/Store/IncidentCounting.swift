import Alerts
import Columnar
import DetectionRules
import GRDB
import OperationalStore

extension IncidentWriter {
  /// Computes anew what an incident has of its alerts: counts, times, severity, name, priority,
  /// facets. One without alerts that is open is closed, unless it is
  /// another product's.
  ///
  /// - Parameter isUpdate: whether the incident changed, and was not only counted wrongly before.
  package func count(_ id: Int64, isUpdate: Bool = true) throws {
    guard let incident = try incident(id), incident.status != .redirected else { return }
    let alerts = try alerts(of: id)
    if alerts.isEmpty {
      try closeEmpty(incident)
      return
    }
    let assets = try assets(of: id)
    let summary = IncidentSummary(
      alerts,
      assets: assets,
      known: try knownDevices(of: assets, in: incident.tenant),
      tags: try tags(of: id)
    )
    let severity = incident.hasOwnSeverity ? incident.severity : summary.severity
    let score = summary.priority(severity: severity).score
    let name = incident.nameOrigin == .automatic ? summary.name : incident.name
    try run(
      """
      UPDATE incidents SET severity = ?, priority = ?, name = ?, first_activity = ?,
        last_activity = ?, alert_count = ?, active_alert_count = ?, device_count = ?,
        user_count = ?, mailbox_count = ?, service_count = ?, updated = ?, pending_actions =
          \(PendingActions.count(of: "?13"))
      WHERE id = ?13
      """,
      [
        severity.rank, score, name, summary.firstActivity.ticks, summary.lastActivity.ticks,
        alerts.count, summary.activeAlerts, summary.devices, summary.users, summary.mailboxes,
        summary.services.count, (isUpdate ? now : incident.updated).ticks, id,
      ]
    )
    try setFacets(summary.facets, of: id)
    try note(severity, of: incident)
    if name != incident.name, !incident.name.isEmpty {
      try note(
        "renamed",
        on: id,
        incident.tenant,
        by: .propagation,
        old: incident.name,
        new: name
      )
    }
  }

  /// Tells that the severity follows other alerts now; that of an incident which was just made, and
  /// has no priority yet, is no change.
  private func note(_ severity: Severity, of incident: Incident) throws {
    if severity == incident.severity || incident.priority == 0 { return }
    try note(
      "severity",
      on: incident.id,
      incident.tenant,
      by: .propagation,
      old: incident.severity.rawValue,
      new: severity.rawValue
    )
  }

  private func closeEmpty(_ incident: Incident) throws {
    let summary = IncidentSummary([], assets: [], tags: try tags(of: incident.id))
    let severity = incident.hasOwnSeverity ? incident.severity : summary.severity
    try run(
      """
      UPDATE incidents SET alert_count = 0, active_alert_count = 0, device_count = 0,
        user_count = 0, mailbox_count = 0, service_count = 0, severity = ?3, priority = ?4,
        updated = ?1, pending_actions = \(PendingActions.count(of: "?2"))
      WHERE id = ?2
      """,
      [now.ticks, incident.id, severity.rank, summary.priority(severity: severity).score]
    )
    try setFacets([], of: incident.id)
    try note(severity, of: incident)
    // An incident of another product may have alerts that are not here.
    if try incident.status == .resolved || isImported(incident) { return }
    try setStatus(.resolved, of: incident, by: .propagation, comment: "it has no alerts any more")
  }

  /// What the evidence of an incident's alerts says of devices, users and mailboxes.
  func assets(of id: Int64) throws -> [Evidence] {
    try rows(
      """
      SELECT DISTINCT kind, identifiers, 1 AS is_impacted, is_strong, '' AS role, '' AS verdict,
        '' AS remediation
      FROM alert_entities WHERE kind IN ('Host', 'Account', 'Mailbox')
        AND alert IN (SELECT id FROM alerts WHERE incident = ?)
      """,
      [id],
      Evidence.init
    )
  }

  /// Makes the facets of an incident those that are given.
  ///
  /// - Parameter kinds: of which kinds they are; nil for all.
  /// - Returns: whether it had others.
  @discardableResult
  func setFacets(
    _ facets: Set<Facet>,
    ofKinds kinds: [String]? = nil,
    of id: Int64
  ) throws -> Bool {
    let known = Set(
      try rows("SELECT kind, value FROM incident_facets WHERE incident = ?", [id]) {
        Facet(kind: $0[0], value: $0[1])
      }
      .filter { kinds?.contains($0.kind) ?? true }
    )
    if known == facets { return false }
    for facet in known.subtracting(facets) {
      try run(
        "DELETE FROM incident_facets WHERE kind = ? AND value = ? AND incident = ?",
        [facet.kind, facet.value, id]
      )
    }
    for facet in facets.subtracting(known) {
      try run(
        "INSERT INTO incident_facets (kind, value, incident) VALUES (?, ?, ?)",
        [facet.kind, facet.value, id]
      )
    }
    return true
  }
}

/// Something by which incidents are filtered: what it is and its value.
struct Facet: Hashable {
  let kind: String
  let value: String

  static func == (left: Facet, right: Facet) -> Bool {
    left.kind == right.kind && left.value.hasBytes(of: right.value)
  }
}
