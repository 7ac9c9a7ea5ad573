import Columnar
import GRDB

extension IncidentWriter {
  /// The tag that an incident has that was merged into another.
  static let redirectedTag = "Redirected"

  /// Whether nobody but Harrier sets a tag; filters do not tell letter cases apart.
  static func isReserved(_ tag: String) -> Bool { tag.lowercased() == redirectedTag.lowercased() }

  /// Why two incidents are not merged; nil where they may be.
  ///
  /// - Parameter actor: who merges them; what a person took apart only a person brings together.
  func refusal(
    ofMerging source: Incident,
    into target: Incident,
    by actor: Actor
  ) throws -> String? {
    if source.id == target.id { return "an incident is not merged into itself" }
    if source.tenant != target.tenant { return "they are of different tenants" }
    if try isImported(source) {
      return "\(source.reference) is an incident of Sentinel; merge the other into it"
    }
    for incident in [source, target] where !incident.status.isOpen {
      return "\(incident.reference) is \(incident.status.rawValue)"
    }
    if let one = source.assignedTo, let other = target.assignedTo, one != other {
      return "they are assigned to different people, '\(one)' and '\(other)'"
    }
    if source.classification != .unknown, target.classification != .unknown,
      source.classification != target.classification
    {
      return "they are classified differently, \(source.classification) and "
        + "\(target.classification)"
    }
    if source.alertCount + target.alertCount > IncidentStore.mostAlerts {
      return "together they have more than \(IncidentStore.mostAlerts) alerts"
    }
    if try entityCount(of: [source.id, target.id]) > IncidentStore.mostEntities {
      return "together they have evidence of more than \(IncidentStore.mostEntities) things"
    }
    if actor.isSystem, try areSplitByHand(source, target) {
      return "somebody moved alerts from one to the other"
    }
    return nil
  }

  /// How many different things the alerts of incidents tell of.
  private func entityCount(of incidents: [Int64]) throws -> Int {
    let places = incidents.map { "\($0)" }.joined(separator: ", ")
    return try rows(
      """
      SELECT count(*) AS count FROM (SELECT DISTINCT kind, identifiers FROM alert_entities
        WHERE alert IN (SELECT id FROM alerts WHERE incident IN (\(places))) LIMIT ?)
      """,
      [IncidentStore.mostEntities + 1]
    )
    .first?["count"] ?? 0
  }

  /// Moves alerts and tags of an incident to another; it stays as a redirect to that, with its
  /// history and comments. The caller counts the target anew.
  func merge(
    _ source: Incident,
    into target: Incident,
    by actor: Actor,
    comment: String
  ) throws {
    try run("UPDATE alerts SET incident = ? WHERE incident = ?", [target.id, source.id])
    try run("UPDATE actions SET incident = ? WHERE incident = ?", [target.id, source.id])
    try run(
      """
      INSERT OR IGNORE INTO incident_tags (tenant, tag, incident, is_system)
      SELECT tenant, tag, ?, is_system FROM incident_tags WHERE incident = ?
      """,
      [target.id, source.id]
    )
    try run("DELETE FROM incident_facets WHERE incident = ?", [source.id])
    try addTag(Self.redirectedTag, to: source, isSystem: true)
    try run(
      """
      UPDATE incidents SET status = 'redirected', redirected_to = ?, updated = ?, alert_count = 0,
        active_alert_count = 0, device_count = 0, user_count = 0, mailbox_count = 0,
        pending_actions = 0
      WHERE id = ?
      """,
      [target.id, now.ticks, source.id]
    )
    // Those that led to the source lead to where its alerts are.
    try run(
      "UPDATE incidents SET redirected_to = ? WHERE redirected_to = ?",
      [target.id, source.id]
    )
    try inherit(from: source, target)
    try note(
      "merged",
      on: source.id,
      source.tenant,
      by: actor,
      new: target.reference.description,
      comment: comment
    )
    try note(
      "merged in",
      on: target.id,
      target.tenant,
      by: actor,
      old: source.reference.description,
      comment: comment
    )
  }

  /// Gives the target what it lacks of owner and classification, an automatic name, and its alerts
  /// an owner; it was taken up when the first of both was.
  private func inherit(from source: Incident, _ target: Incident) throws {
    try run(
      """
      UPDATE incidents SET alert_count = ?, updated = ?,
        acknowledged = max(created, min(coalesce(acknowledged, ?3), coalesce(?3, acknowledged))),
        name_origin = CASE name_origin WHEN 'imported' THEN 'imported' ELSE 'automatic' END
      WHERE id = ?4
      """,
      [
        source.alertCount + target.alertCount, now.ticks, source.acknowledged?.ticks, target.id,
      ]
    )
    let reason = "\(source.reference) was merged into it"
    if let owner = source.assignedTo, target.assignedTo == nil {
      try run("UPDATE incidents SET assigned_to = ? WHERE id = ?", [owner, target.id])
      try note(
        "assigned",
        on: target.id,
        target.tenant,
        by: .propagation,
        new: owner,
        comment: reason
      )
    }
    if target.classification == .unknown, source.classification != .unknown {
      try run(
        "UPDATE incidents SET classification = ?, determination = ? WHERE id = ?",
        [source.classification.classification, source.classification.determination, target.id]
      )
      try note(
        "classified",
        on: target.id,
        target.tenant,
        by: .propagation,
        old: target.classification.description,
        new: source.classification.description,
        comment: reason
      )
    }
    guard let owner = target.assignedTo ?? source.assignedTo else { return }
    for alert in try alerts(of: target.id) where alert.assignedTo == nil {
      try assign(alert, to: owner, by: .propagation)
    }
  }

  func addTag(_ tag: String, to incident: Incident, isSystem: Bool) throws {
    try run(
      """
      INSERT OR IGNORE INTO incident_tags (tenant, tag, incident, is_system) VALUES (?, ?, ?, ?)
      """,
      [incident.tenant, tag, incident.id, isSystem]
    )
    if isSystem { return }
    try run(
      "INSERT OR REPLACE INTO used_tags (tenant, tag, last) VALUES (?, ?, ?)",
      [incident.tenant, tag, now.ticks]
    )
  }
}
