package import Columnar
import GRDB

extension IncidentWriter {
  /// Sets the status of an incident; one that is resolved resolves its alerts.
  ///
  /// - Parameter time: when another product resolved it, or its last alert; now where it was here.
  func setStatus(
    _ status: IncidentStatus,
    of incident: Incident,
    by actor: Actor,
    comment: String = "",
    at time: DateTime? = nil
  ) throws {
    if incident.status == status { return }
    let resolved = max(time ?? now, incident.created)
    try run(
      "UPDATE incidents SET status = ?, updated = ?, resolved = ? WHERE id = ?",
      [status.rawValue, now.ticks, status == .resolved ? resolved.ticks : nil, incident.id]
    )
    try note(
      "status",
      on: incident.id,
      incident.tenant,
      by: actor,
      old: incident.status.rawValue,
      new: status.rawValue,
      comment: comment
    )
    guard status == .resolved else { return }
    for alert in try alerts(of: incident.id) where alert.status != .resolved {
      try setStatus(.resolved, of: alert, by: actor, isPropagated: true, at: time)
    }
    try run("UPDATE incidents SET active_alert_count = 0 WHERE id = ?", [incident.id])
  }

  /// Sets the status of an alert; with the last one its incident is resolved, and with one that is
  /// opened again it is open again.
  ///
  /// - Parameters:
  ///   - isPropagated: whether it follows from a change of the incident.
  ///   - time: when another product resolved it; now where it was here.
  package func setStatus(
    _ status: AlertStatus,
    of alert: IncidentAlert,
    by actor: Actor,
    isPropagated: Bool = false,
    comment: String = "",
    at time: DateTime? = nil
  ) throws {
    if alert.status == status { return }
    let resolved = status == .resolved ? (time ?? now).ticks : nil
    try run(
      "UPDATE alerts SET status = ?, updated = ?, resolved = ? WHERE id = ?",
      [status.rawValue, now.ticks, resolved, alert.key]
    )
    guard let id = alert.incident else { return }
    try note(
      "alert status",
      on: id,
      alert.tenant,
      by: actor,
      alert: alert.id,
      old: alert.status.rawValue,
      new: status.rawValue,
      comment: comment
    )
    if isPropagated { return }
    try run(
      """
      UPDATE incidents SET updated = ?, active_alert_count =
        (SELECT count(*) FROM alerts WHERE incident = ?2 AND status <> 'resolved')
      WHERE id = ?2
      """,
      [now.ticks, id]
    )
    if status == .resolved {
      try resolveIfDone(id, at: time)
    } else {
      try reopen(id, for: alert, status)
    }
  }

  /// Opens a resolved incident of which somebody opened an alert.
  private func reopen(_ id: Int64, for alert: IncidentAlert, _ status: AlertStatus) throws {
    guard let incident = try incident(id), incident.status == .resolved else { return }
    try setStatus(
      status == .inProgress ? .inProgress : .active,
      of: incident,
      by: .propagation,
      comment: "its alert '\(alert.id)' is open again"
    )
  }

  /// Resolves an open incident of which all alerts are resolved.
  ///
  /// - Parameter time: when another product resolved the last of them; now where it was here.
  func resolveIfDone(_ id: Int64, at time: DateTime? = nil) throws {
    guard let incident = try incident(id), incident.status.isOpen,
      incident.activeAlertCount == 0
    else { return }
    try setStatus(
      .resolved,
      of: incident,
      by: .propagation,
      comment: "all of its alerts are resolved",
      at: time
    )
  }
}
