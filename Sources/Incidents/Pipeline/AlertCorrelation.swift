import Columnar
import GRDB

/// Finds the incidents of alerts within a transaction.
struct AlertCorrelation {
  private let writer: IncidentWriter
  private var outcome = IncidentPipeline.Outcome()
  /// Incidents that are to be counted anew.
  private var touched: Set<Int64> = []
  private var made: Set<Int64> = []
  private var facts: [String: CorrelationFacts] = [:]

  /// The most older alerts that are looked at for each thing that is shared, the newest.
  private static let mostCandidates = 64

  init(_ writer: IncidentWriter) { self.writer = writer }

  mutating func take(alert key: String, isNew: Bool) throws {
    guard let alert = try writer.alert(key: key) else { return }
    outcome.alerts += 1
    let keys = CorrelationKeys(try writer.evidence(ofAlert: key)).keys.sorted()
    if let incident = alert.incident {
      if alert.isCorrelated { try write(keys, of: alert) }
      touched.insert(incident)
      return
    }
    guard alert.isCorrelated else {
      try makeIncident(for: alert)
      return
    }
    let links = try links(of: alert, keys)
    try write(keys, of: alert)
    if let (link, incident) = try choose(links, for: alert) {
      try join(alert, link, incident)
      try mergeOthers(links, into: incident.id, alert)
    } else {
      try makeIncident(for: alert)
    }
  }

  /// Counts what was touched.
  mutating func finish() throws -> IncidentPipeline.Outcome {
    for id in touched.sorted() {
      try writer.count(id)
      if made.contains(id) { try writer.resolveIfDone(id) }
    }
    return outcome
  }

  private func write(_ keys: [CorrelationKey], of alert: IncidentAlert) throws {
    for key in keys {
      try writer.run(
        "INSERT OR IGNORE INTO correlation_keys (tenant, key, time, alert) VALUES (?, ?, ?, ?)",
        [alert.tenant, key.text, alert.firstTime.ticks, alert.key]
      )
    }
  }

  private mutating func links(
    of alert: IncidentAlert,
    _ keys: [CorrelationKey]
  ) throws -> [Correlator.Link] {
    var candidates: [String: Correlator.Candidate] = [:]
    for key in keys {
      let found = try sharing(key, with: alert)
      // What many incidents of the time have tells nothing of this alert.
      if Set(found.map(\.incident)).count >= LinkScore.glueLimit { continue }
      for other in found where other.isOpen {
        if candidates[other.alert] == nil {
          guard let facts = try facts(of: other.alert) else { continue }
          candidates[other.alert] = Correlator.Candidate(facts: facts, incident: other.incident)
        }
        candidates[other.alert]?.shared.insert(key)
      }
    }
    return Correlator.links(of: CorrelationFacts(alert), among: Array(candidates.values))
  }

  /// An alert that shares something.
  private struct Sharing {
    let alert: String
    let incident: Int64
    let isOpen: Bool
  }

  private func sharing(_ key: CorrelationKey, with alert: IncidentAlert) throws -> [Sharing] {
    let span = LinkScore.weight(of: key.kind).hours * TimeSpan.ticksPerHour
    return try writer.rows(
      """
      SELECT keys.alert, alerts.incident, incidents.status
      FROM correlation_keys AS keys JOIN alerts ON alerts.id = keys.alert
        JOIN incidents ON incidents.id = alerts.incident
      WHERE keys.tenant = ? AND keys.key = ? AND keys.time BETWEEN ? AND ? AND keys.alert <> ?
      ORDER BY keys.time DESC, keys.alert LIMIT ?
      """,
      [
        alert.tenant, key.text, alert.firstTime.ticks - span, alert.firstTime.ticks + span,
        alert.key, Self.mostCandidates,
      ]
    )
    .map { row in
      let status = IncidentStatus(rawValue: row["status"])
      return Sharing(
        alert: row["alert"],
        incident: row["incident"],
        isOpen: status?.isOpen ?? false
      )
    }
  }

  private mutating func facts(of key: String) throws -> CorrelationFacts? {
    if let known = facts[key] { return known }
    guard let alert = try writer.alert(key: key) else { return nil }
    let found = CorrelationFacts(alert)
    facts[key] = found
    return found
  }

  /// The best of the linked incidents that has room.
  private func choose(
    _ links: [Correlator.Link],
    for alert: IncidentAlert
  ) throws -> (Correlator.Link, Incident)? {
    for link in links {
      if let incident = try writer.incident(link.incident), incident.status.isOpen,
        incident.alertCount < IncidentStore.mostAlerts
      {
        return (link, incident)
      }
    }
    return nil
  }

  private mutating func join(
    _ alert: IncidentAlert,
    _ link: Correlator.Link,
    _ incident: Incident
  ) throws {
    try writer.place(alert.key, in: incident.id)
    try writer.run(
      "UPDATE incidents SET alert_count = alert_count + 1 WHERE id = ?",
      [incident.id]
    )
    for (position, part) in link.parts.enumerated() {
      try writer.run(
        """
        INSERT OR REPLACE INTO alert_links (alert, position, other, reason, key, weight)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [alert.key, position, link.other, part.reason.rawValue, part.key, part.weight]
      )
    }
    if let owner = incident.assignedTo, alert.assignedTo == nil {
      try writer.run("UPDATE alerts SET assigned_to = ? WHERE id = ?", [owner, alert.key])
    }
    try writer.note(
      "alert added",
      on: incident.id,
      alert.tenant,
      by: .correlation,
      alert: alert.id,
      new: alert.title,
      comment: link.reasons
    )
    touched.insert(incident.id)
  }

  private mutating func makeIncident(for alert: IncidentAlert) throws {
    let id = try writer.makeIncident(alert.tenant, at: alert.firstTime)
    try writer.note("created", on: id, alert.tenant, by: .correlation)
    try writer.place(alert.key, in: id)
    try writer.run("UPDATE incidents SET alert_count = 1 WHERE id = ?", [id])
    try writer.note(
      "alert added",
      on: id,
      alert.tenant,
      by: .correlation,
      alert: alert.id,
      new: alert.title
    )
    outcome.newIncidents += 1
    made.insert(id)
    touched.insert(id)
  }

  /// Brings the incidents together that the alert is surely linked to.
  private mutating func mergeOthers(
    _ links: [Correlator.Link],
    into first: Int64,
    _ alert: IncidentAlert
  ) throws {
    var target = first
    for link in links where link.incident != first && link.total >= LinkScore.mergeThreshold {
      guard let one = try writer.incident(target), let other = try writer.incident(link.incident),
        one.status.isOpen, other.status.isOpen,
        try writer.refusal(ofMerging: other, into: one) == nil
      else { continue }
      let swap = (one.alertCount, -one.id) < (other.alertCount, -other.id)
      let (source, kept) = swap ? (one, other) : (other, one)
      try writer.merge(source, into: kept, by: .correlation, comment: link.reasons)
      outcome.merged += 1
      target = kept.id
      touched.remove(source.id)
      touched.insert(kept.id)
    }
  }
}
