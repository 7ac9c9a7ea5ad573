import Columnar
import DetectionRules
import GRDB
public import OperationalStore

extension IncidentStore {
  /// Changes incidents, each wholly or not at all.
  public func apply(
    _ change: IncidentChange,
    to references: [IncidentReference],
    by actor: Actor
  ) throws(StoreFailure) -> [ItemOutcome] {
    try write { writer in
      try references.map { reference in
        ItemOutcome(
          tenant: reference.tenant,
          item: "\(reference.number)",
          failure: try writer.apply(change, to: reference, by: actor)
        )
      }
    }
  }

  /// Changes alerts of tenants, each wholly or not at all.
  public func apply(
    _ change: AlertChange,
    toAlerts alerts: [(tenant: String, id: String)],
    by actor: Actor
  ) throws(StoreFailure) -> [ItemOutcome] {
    try write { writer in
      try alerts.map { alert in
        ItemOutcome(
          tenant: alert.tenant,
          item: alert.id,
          failure: try writer.apply(change, toAlert: alert.id, alert.tenant, by: actor)
        )
      }
    }
  }
}

extension IncidentWriter {
  /// - Returns: why nothing was changed; nil where all was.
  func apply(
    _ change: IncidentChange,
    to reference: IncidentReference,
    by actor: Actor
  ) throws -> IncidentFailure? {
    if let refusal = change.refusal() { return refusal }
    guard let incident = try incident(reference) else {
      return .missing(reference.description)
    }
    if incident.status == .redirected {
      let target = try incident.redirectedTo.flatMap { try self.incident($0) }
      return IncidentFailure(
        "\(reference) was merged into \(target?.reference.description ?? "another"); change that"
      )
    }
    if let status = change.status, status.isOpen, incident.alertCount == 0,
      try !isImported(incident)
    {
      return IncidentFailure("\(reference) has no alerts; move some to it instead of opening it")
    }
    if let refusal = try refusal(ofRemoving: change.removedTags, from: incident) { return refusal }
    if let assignment = change.assignment { try assign(incident, assignment, by: actor) }
    if let classification = change.classification {
      try classify(incident, classification, by: actor)
    }
    if let severity = change.severity { try set(severity, of: incident, by: actor) }
    if let name = change.name { try rename(incident, name, by: actor) }
    if let text = change.description { try describe(incident, text, by: actor) }
    try setTags(change, of: incident, by: actor)
    if let comment = change.comment { try self.comment(comment, on: incident, by: actor) }
    if let status = change.status {
      try setStatus(
        status,
        of: incident,
        by: actor,
        comment: change.resolvingComment ?? "",
        at: change.resolved
      )
      try keepResolving(change.resolvingComment, of: incident)
    }
    return nil
  }

  /// Why tags are not taken from an incident: it has no such tag, or the tag is Harrier's own.
  private func refusal(
    ofRemoving tags: [String],
    from incident: Incident
  ) throws -> IncidentFailure? {
    if tags.isEmpty { return nil }
    let all = try self.tags(of: incident.id)
    let custom = try customTags(of: incident.id)
    guard let tag = tags.first(where: { !custom.contains($0) }) else { return nil }
    if all.contains(tag) {
      return IncidentFailure("the tag '\(tag)' of \(incident.reference) is Harrier's own")
    }
    let known = custom.isEmpty ? "none" : custom.sorted().joined(separator: ", ")
    return IncidentFailure("\(incident.reference) has no tag '\(tag)'; its tags are: \(known)")
  }

  private func keepResolving(_ comment: String?, of incident: Incident) throws {
    guard let comment else { return }
    try run(
      """
      INSERT INTO incident_texts (incident, resolving_comment) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET resolving_comment = excluded.resolving_comment
      """,
      [incident.id, comment]
    )
  }

  private func describe(_ incident: Incident, _ text: String, by actor: Actor) throws {
    try run(
      """
      INSERT INTO incident_texts (incident, description) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET description = excluded.description
      """,
      [incident.id, text]
    )
    try touch(incident.id)
    try note("description", on: incident.id, incident.tenant, by: actor, new: text)
  }

  private func touch(_ incident: Int64) throws {
    try run("UPDATE incidents SET updated = ? WHERE id = ?", [now.ticks, incident])
  }

  /// Gives an incident and all of its alerts an owner, or takes it from them.
  private func assign(_ incident: Incident, _ assignment: Assignment, by actor: Actor) throws {
    let owner = assignment.owner
    for alert in try alerts(of: incident.id) where alert.assignedTo != owner {
      try assign(alert, to: owner, by: actor)
    }
    try run(
      "UPDATE incidents SET assigned_to = ?, updated = ? WHERE id = ?",
      [owner, now.ticks, incident.id]
    )
    if incident.assignedTo == owner { return }
    try note(
      "assigned",
      on: incident.id,
      incident.tenant,
      by: actor,
      old: incident.assignedTo ?? "",
      new: owner ?? ""
    )
  }

  func assign(_ alert: IncidentAlert, to owner: String?, by actor: Actor) throws {
    try run(
      "UPDATE alerts SET assigned_to = ?, updated = ? WHERE id = ?",
      [owner, now.ticks, alert.key]
    )
    try note("alert assigned", of: alert, by: actor, old: alert.assignedTo ?? "", new: owner ?? "")
  }

  /// Gives an alert that came into an incident the owner of that, where it has none.
  func inheritOwner(_ key: String, of incident: Incident) throws {
    guard let owner = incident.assignedTo, let alert = try alert(key: key),
      alert.assignedTo == nil
    else { return }
    try assign(alert, to: owner, by: .propagation)
  }

  func classify(
    _ alert: IncidentAlert,
    _ classification: Classification,
    by actor: Actor
  ) throws {
    try run(
      "UPDATE alerts SET classification = ?, determination = ?, updated = ? WHERE id = ?",
      [classification.classification, classification.determination, now.ticks, alert.key]
    )
    try note(
      "alert classified",
      of: alert,
      by: actor,
      old: alert.classification.description,
      new: classification.description
    )
  }

  /// Keeps what was done to an alert in the history of its incident.
  func note(
    _ action: String,
    of alert: IncidentAlert,
    by actor: Actor,
    old: String = "",
    new: String = "",
    comment: String = ""
  ) throws {
    guard let id = alert.incident else { return }
    try note(
      action,
      on: id,
      alert.tenant,
      by: actor,
      alert: alert.id,
      old: old,
      new: new,
      comment: comment
    )
  }

  /// Classifies an incident and those of its alerts that have no classification yet.
  private func classify(
    _ incident: Incident,
    _ classification: Classification,
    by actor: Actor
  ) throws {
    try run(
      "UPDATE incidents SET classification = ?, determination = ?, updated = ? WHERE id = ?",
      [classification.classification, classification.determination, now.ticks, incident.id]
    )
    let inherited: Set = [Classification.unknown, incident.classification]
    for alert in try alerts(of: incident.id)
    where alert.classification != classification && inherited.contains(alert.classification) {
      try classify(alert, classification, by: actor)
    }
    if incident.classification == classification { return }
    try note(
      "classified",
      on: incident.id,
      incident.tenant,
      by: actor,
      old: incident.classification.description,
      new: classification.description
    )
  }

  private func set(_ severity: Severity, of incident: Incident, by actor: Actor) throws {
    try run(
      "UPDATE incidents SET severity = ?, has_own_severity = 1 WHERE id = ?",
      [severity.rank, incident.id]
    )
    try note(
      "severity",
      on: incident.id,
      incident.tenant,
      by: actor,
      old: incident.severity.rawValue,
      new: severity.rawValue
    )
    try count(incident.id)
  }

  private func rename(_ incident: Incident, _ name: String, by actor: Actor) throws {
    if incident.name == name, incident.nameOrigin == .manual { return }
    try run(
      "UPDATE incidents SET name = ?, name_origin = 'manual', updated = ? WHERE id = ?",
      [name, now.ticks, incident.id]
    )
    try note(
      "renamed",
      on: incident.id,
      incident.tenant,
      by: actor,
      old: incident.name,
      new: name
    )
  }

  private func setTags(_ change: IncidentChange, of incident: Incident, by actor: Actor) throws {
    let known = Set(try tags(of: incident.id))
    for tag in change.addedTags where !known.contains(tag) {
      try addTag(tag, to: incident, isSystem: false)
      try note("tag added", on: incident.id, incident.tenant, by: actor, new: tag)
    }
    for tag in change.removedTags where known.contains(tag) {
      try run(
        "DELETE FROM incident_tags WHERE tag = ? AND incident = ? AND is_system = 0",
        [tag, incident.id]
      )
      if database.changesCount == 0 { continue }
      try note("tag removed", on: incident.id, incident.tenant, by: actor, old: tag)
    }
    if !change.addedTags.isEmpty || !change.removedTags.isEmpty { try count(incident.id) }
  }

  private func comment(_ text: String, on incident: Incident, by actor: Actor) throws {
    try touch(incident.id)
    try note("comment", on: incident.id, incident.tenant, by: actor, comment: text)
  }

  /// - Returns: why nothing was changed; nil where all was.
  func apply(
    _ change: AlertChange,
    toAlert id: String,
    _ tenant: String,
    by actor: Actor
  ) throws -> IncidentFailure? {
    if let refusal = IncidentComment.refusal(of: change.comment) { return refusal }
    guard let alert = try alert(id, tenant) else {
      return .missing(alert: id)
    }
    guard let incident = alert.incident else { return .unplaced(alert) }
    if let assignment = change.assignment {
      try assign(alert, to: assignment.owner, by: actor)
    }
    if let classification = change.classification, classification != alert.classification {
      try classify(alert, classification, by: actor)
    }
    if let comment = change.comment {
      try note("alert comment", of: alert, by: actor, comment: comment)
    }
    if let status = change.status { try setStatus(status, of: alert, by: actor) }
    // What is done to an alert changes its incident, whose history has it.
    try touch(incident)
    return nil
  }
}

extension IncidentFailure {
  /// That an alert is in no incident, in which what is done to it would be kept.
  fileprivate static func unplaced(_ alert: IncidentAlert) -> IncidentFailure {
    IncidentFailure(
      alert.settings.createsIncidents
        ? "the alert '\(alert.id)' waits for its incident; run 'harrier incidents correlate' first"
        : "the alert '\(alert.id)' is in no incident, as its rule makes none; move it to one first"
    )
  }
}
