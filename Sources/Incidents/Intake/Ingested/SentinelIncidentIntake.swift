import Columnar
import GRDB
import Hunting
import OperationalStore

/// Takes incidents of SecurityIncident in within a transaction: those of Sentinel, and changes that
/// were made there to ours.
///
/// What a row says otherwise than the one before is changed; what was changed here alone stays.
struct SentinelIncidentIntake {
  let writer: IncidentWriter
  let tenant: String
  private(set) var outcome = TableIntake.Outcome()

  init(_ writer: IncidentWriter, tenant: String) {
    self.writer = writer
    self.tenant = tenant
  }

  /// - Parameter rows: the rows of one `IncidentName`; the one that was changed last counts.
  mutating func take(_ rows: [IngestedRow]) throws {
    let latest = rows.map { SentinelIncident(row: $0) }
      .max { $0.modified(else: writer.now) <= $1.modified(else: writer.now) }
    guard let latest, let name = latest.row.key("IncidentName") else { return }
    if name.hasNUL {
      outcome.refused.append(IncidentFailure.idWithNUL("an IncidentName", name).description)
      return
    }
    if name.utf8.count > 256 {
      outcome.refused.append("the IncidentName '\(name.prefix(40))…' has more than 256 bytes")
      return
    }
    let modified = latest.modified(else: writer.now)
    if let mirror = try writer.mirror(name, tenant) {
      if modified.ticks <= mirror.modified { return }
      guard let incident = try incident(of: mirror) else { return }
      try update(incident, SentinelIncident(row: mirror.row), latest, name)
    } else if let own = try own(latest, name) {
      if modified <= own.updated { return }
      let maker = CellMaker(SecurityRows.incident, only: .all)
      let shown = maker.cells(of: try IncidentRecord(own, writer))
      try update(own, SentinelIncident(row: IngestedRow(shown)), latest, name)
    } else {
      try insert(latest, name)
    }
  }

  private func incident(of mirror: Mirror) throws -> Incident? {
    let incident = try writer.incident(mirror.incident)
    return try incident?.redirectedTo.flatMap { try writer.incident($0) } ?? incident
  }

  /// The incident of ours that a row is about: by the name that it is shown with, or by what
  /// Sentinel keeps of where it came from.
  private func own(_ incident: SentinelIncident, _ name: String) throws -> Incident? {
    if let reference = try? IncidentReference(reading: name, tenants: [tenant]),
      name == reference.description
    {
      return try writer.incident(reference)
    }
    guard incident.row.text("ProviderName") == SecurityRows.provider, !name.contains("/"),
      let number = incident.row.text("ProviderIncidentId").flatMap({ Int($0) })
    else { return nil }
    return try writer.incident(IncidentReference(tenant: tenant, number: number))
  }

  private mutating func insert(_ new: SentinelIncident, _ name: String) throws {
    let title = String(new.title.prefix(Self.longestTitle))
    let id = try writer.makeIncident(
      tenant,
      at: new.started(else: writer.now),
      name: title
    )
    try writer.describeImported(id, new)
    guard let incident = try writer.incident(id) else { return }
    try writer.note("created", on: id, tenant, by: .sentinel, comment: name)
    try writer.keep(
      new.row,
      name,
      of: incident,
      modified: new.modified(else: writer.now),
      isImported: true
    )
    try apply(new, since: nil, to: incident)
    outcome.newIncidents += 1
  }

  private mutating func update(
    _ incident: Incident,
    _ old: SentinelIncident,
    _ new: SentinelIncident,
    _ name: String
  ) throws {
    // Before the change, which the row of an imported incident shows.
    try writer.keep(
      new.row,
      name,
      of: incident,
      modified: new.modified(else: writer.now),
      isImported: false
    )
    try apply(new, since: old, to: incident)
    if new.title != old.title, incident.nameOrigin == .imported {
      try writer.rename(imported: incident, String(new.title.prefix(Self.longestTitle)))
    }
    outcome.updatedIncidents += 1
  }

  private mutating func apply(
    _ new: SentinelIncident,
    since old: SentinelIncident?,
    to incident: Incident
  ) throws {
    let actor = new.row.text("ModifiedBy").flatMap { $0.isEmpty ? nil : Actor(principal: $0) }
    try takeComments(new, since: old, to: incident)
    let earlier = Set(old?.alerts ?? [])
    let alerts = new.alerts.filter { !earlier.contains($0) }
    if alerts.count > SentinelIncident.mostAlerts {
      outcome.refused.append(
        "\(incident.reference) of Sentinel names \(alerts.count) alerts; the first "
          + "\(SentinelIncident.mostAlerts) are in it"
      )
    }
    try writer.claim(alerts.prefix(SentinelIncident.mostAlerts), for: incident)
    var change = new.change(since: old)
    // What was taken away there may be gone from here.
    let tags = try writer.customTags(of: incident.id)
    change.removedTags = change.removedTags.filter(tags.contains)
    if change.isEmpty { return }
    // What was done there was not done now.
    let known = try writer.incident(incident.id)?.acknowledged
    let refusal = try writer.apply(change, to: incident.reference, by: actor ?? .sentinel)
    if let refusal { outcome.refused.append("\(refusal)") }
    let changed = old == nil || actor == nil ? nil : new.modified(else: writer.now)
    let takenUp = [known, new.takenUp ?? changed].compactMap { $0 }.min()
    try writer.run(
      "UPDATE incidents SET acknowledged = ? WHERE id = ?",
      [takenUp?.ticks, incident.id]
    )
  }

  /// Adds comments with the names and times that they have there.
  private func takeComments(
    _ new: SentinelIncident,
    since old: SentinelIncident?,
    to incident: Incident
  ) throws {
    let known = Set(old?.comments ?? [])
    for comment in new.comments where !known.contains(comment) {
      let time = DateTime(parsing: Array(comment.time.utf8)) ?? writer.now
      try IncidentWriter(database: writer.database, now: time).note(
        "comment",
        on: incident.id,
        tenant,
        by: comment.author.isEmpty ? .sentinel : Actor(principal: comment.author),
        comment: String(comment.message.prefix(IncidentComment.longest))
      )
    }
  }

  private static let longestTitle = 1_024
}

extension IncidentWriter {
  /// What a new incident of another product has of it.
  fileprivate func describeImported(_ id: Int64, _ incident: SentinelIncident) throws {
    let created = incident.row.time("CreatedTime") ?? now
    let first = incident.started(else: now)
    try run(
      """
      UPDATE incidents SET name_origin = 'imported', has_own_severity = 1, created = ?,
        last_activity = ?
      WHERE id = ?
      """,
      [
        created.ticks, max(first, incident.row.time("LastActivityTime") ?? first).ticks, id,
      ]
    )
  }

  fileprivate func rename(imported incident: Incident, _ name: String) throws {
    if name.isEmpty { return }
    try run("UPDATE incidents SET name = ? WHERE id = ?", [name, incident.id])
    try note(
      "renamed",
      on: incident.id,
      incident.tenant,
      by: .sentinel,
      old: incident.name,
      new: name
    )
  }
}
