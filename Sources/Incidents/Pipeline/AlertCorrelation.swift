import Columnar
import DetectionRules
import GRDB

/// Finds the incidents of alerts within a transaction.
struct AlertCorrelation {
  /// What the next transaction may go on with, where nobody else changed the database.
  struct Memory {
    fileprivate var candidates: CandidateSearch
    /// Alerts that were taken, and so are not what they were when they were read.
    fileprivate(set) var taken: Set<String> = []
  }

  private let writer: IncidentWriter
  private var outcome = IncidentPipeline.Outcome()
  /// Incidents that are to be counted anew.
  private var touched: Set<Int64> = []
  private var made: Set<Int64> = []
  private(set) var memory: Memory
  private var room: EvidenceRoom
  /// Whether any incident of another product says which alerts it has.
  private let hasClaims: Bool

  init(_ writer: IncidentWriter, _ memory: Memory?) throws {
    self.writer = writer
    if let memory {
      self.memory = memory
      self.memory.candidates.writer = writer
    } else {
      self.memory = Memory(candidates: CandidateSearch(writer))
    }
    room = EvidenceRoom(writer)
    hasClaims = try writer.hasClaims()
  }

  mutating func take(_ item: WaitingAlerts.Item) throws {
    guard let alert = try alert(item) else { return }
    memory.taken.insert(item.key)
    outcome.alerts += 1
    let keys = item.keys
    if let incident = alert.incident {
      if alert.isCorrelated { try memory.candidates.write(keys, of: alert) }
      touched.insert(incident)
      return
    }
    if hasClaims, let incident = try writer.incident(claiming: alert) {
      if alert.isCorrelated { try memory.candidates.write(keys, of: alert) }
      try join(alert, .claimed(by: incident), incident)
      try writer.resolve(alert, with: incident)
      return
    }
    // One whose rule makes no incidents is in none until somebody moves it to one.
    if !alert.settings.createsIncidents { return }
    if try group(alert, keys, item.evidenceCount) { return }
    guard alert.isCorrelated else {
      try makeIncident(for: alert)
      return
    }
    let others = try memory.candidates.candidates(for: alert, keys)
    let links = Correlator.links(of: CorrelationFacts(alert), among: others)
    try memory.candidates.write(keys, of: alert)
    if let (link, incident) = try choose(links, for: alert, item.evidenceCount) {
      try join(alert, link, incident, hasRoom: true)
      try mergeOthers(links, into: incident.id, alert)
    } else {
      try makeIncident(for: alert)
    }
  }

  /// An alert as it is now.
  private func alert(_ item: WaitingAlerts.Item) throws -> IncidentAlert? {
    if let alert = item.alert, alert.incident == nil, !memory.taken.contains(item.key) {
      return alert
    }
    return try writer.alert(key: item.key)
  }

  /// Puts an alert where its rule wants it grouped; false where nothing fits. An incident that is
  /// resolved stays so, also where the rule asks to reopen it: the new one's history tells of it.
  private mutating func group(
    _ alert: IncidentAlert,
    _ keys: CorrelationKeys,
    _ evidenceCount: Int
  ) throws -> Bool {
    guard let grouping = alert.settings.grouping else { return false }
    let found = try AlertGroupingSearch(writer, alert, grouping).find {
      try room.take(alert.key, evidenceCount, into: $0)
    }
    if let incident = found.incident, let link = Correlator.Link.grouped(with: found, by: grouping)
    {
      if alert.isCorrelated { try memory.candidates.write(keys, of: alert) }
      try join(alert, link, incident, hasRoom: true)
      return true
    }
    guard let closed = found.closed, grouping.reopensClosed else { return false }
    try writer.note(
      "grouping",
      on: closed.id,
      alert.tenant,
      by: .correlation,
      alert: alert.id,
      comment: "its rule asks to reopen this incident; resolved incidents stay resolved"
    )
    return false
  }

  /// Counts what was touched.
  mutating func finish() throws -> IncidentPipeline.Outcome {
    for id in touched.sorted() {
      try writer.count(id)
      if made.contains(id) { try writer.resolveIfDone(id) }
    }
    return outcome
  }

  /// The best of the linked incidents that has room for the alert and its evidence.
  private mutating func choose(
    _ links: [Correlator.Link],
    for alert: IncidentAlert,
    _ evidenceCount: Int
  ) throws -> (Correlator.Link, Incident)? {
    for link in links {
      if let incident = try writer.incident(link.incident), incident.status.isOpen,
        incident.alertCount < IncidentStore.mostAlerts,
        try room.take(alert.key, evidenceCount, into: incident.id)
      {
        return (link, incident)
      }
    }
    return nil
  }

  /// - Parameter hasRoom: whether room was made for its evidence.
  private mutating func join(
    _ alert: IncidentAlert,
    _ link: Correlator.Link,
    _ incident: Incident,
    hasRoom: Bool = false
  ) throws {
    if !hasRoom { room.forget(incident.id) }
    try writer.place(alert.key, in: incident.id)
    try writer.run(
      "UPDATE incidents SET alert_count = alert_count + 1 WHERE id = ?",
      [incident.id]
    )
    // A statement of several rows costs more than as many statements: SQLite keeps what it changes
    // to undo it.
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
      try writer.note(
        "alert assigned",
        on: incident.id,
        alert.tenant,
        by: .propagation,
        alert: alert.id,
        new: owner
      )
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
    for link in links where link.incident != first && link.total >= LinkWeights.mergeThreshold {
      guard let one = try writer.incident(target), let other = try writer.incident(link.incident),
        one.status.isOpen, other.status.isOpen
      else { continue }
      let (source, kept) = try writer.direction(of: one, other)
      if try writer.refusal(ofMerging: source, into: kept, by: .correlation) != nil { continue }
      // What it was stays to be seen of it, also where it was made just now.
      if touched.contains(source.id) { try writer.count(source.id) }
      try writer.merge(source, into: kept, by: .correlation, comment: link.reasons)
      memory.candidates.forgetPlaces()
      room.forget(kept.id)
      outcome.merged += 1
      target = kept.id
      touched.remove(source.id)
      touched.insert(kept.id)
    }
  }
}
