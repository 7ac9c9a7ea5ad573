import Columnar
import DetectionRules
import GRDB
import OperationalStore

/// Where alerts are moved to.
public enum MoveTarget: Sendable, Equatable {
  case incident(IncidentReference)
  /// A new incident, with a name or an automatic one.
  case new(name: String?)
}

extension IncidentStore {
  /// Moves alerts of a tenant to another or a new incident, all or none; both are computed anew.
  /// One that lost its last open alert is resolved, and so is a new one of resolved alerts.
  ///
  /// - Returns: where they are now.
  public func move(
    alerts ids: [String],
    of tenant: String,
    to target: MoveTarget,
    comment: String,
    by actor: Actor
  ) throws -> IncidentReference {
    try write { writer in
      Result { () throws(IncidentFailure) in
        try writer.checked { try writer.move(ids, tenant, to: target, comment, by: actor) }
      }
    }
    .get()
  }

  /// Moves alerts back to where they were before they were last moved.
  public func undoMove(
    alerts ids: [String],
    of tenant: String,
    by actor: Actor
  ) throws -> [ItemOutcome] {
    try write { writer in
      try ids.map { id in
        ItemOutcome(
          tenant: tenant,
          item: id,
          failure: try writer.undoMove(id, tenant, by: actor)
        )
      }
    }
  }

  /// Merges incidents into the one that has most alerts; all or none.
  ///
  /// - Returns: the one that has all alerts now.
  public func merge(
    _ references: [IncidentReference],
    comment: String,
    by actor: Actor
  ) throws -> IncidentReference {
    try write { writer in
      Result { () throws(IncidentFailure) in
        try writer.checked { try writer.merge(references, comment, by: actor) }
      }
    }
    .get()
  }
}

extension IncidentWriter {
  /// Runs what throws for several reasons; errors of the database come out as failures.
  fileprivate func checked<Value>(
    _ body: () throws -> Value
  ) throws(IncidentFailure) -> Value {
    do {
      return try body()
    } catch let failure as IncidentFailure {
      throw failure
    } catch {
      throw IncidentFailure("the database failed: \(error)")
    }
  }

  fileprivate func merge(
    _ references: [IncidentReference],
    _ comment: String,
    by actor: Actor
  ) throws -> IncidentReference {
    let incidents = try Set(references).map { reference in
      guard let incident = try incident(reference) else {
        throw IncidentFailure.missing(reference.description)
      }
      return incident
    }
    .map { (incident: $0, isImported: try isImported($0) ? 1 : 0) }
    .sorted {
      ($0.isImported, $0.incident.alertCount, -$0.incident.id)
        > ($1.isImported, $1.incident.alertCount, -$1.incident.id)
    }
    .map(\.incident)
    guard let first = incidents.first, incidents.count > 1 else {
      throw IncidentFailure("name two or more incidents to merge")
    }
    if incidents.count > 5 { throw IncidentFailure("at most 5 incidents are merged at once") }
    for source in incidents.dropFirst() {
      guard let target = try incident(first.id) else { continue }
      if let refusal = try refusal(ofMerging: source, into: target, by: actor) {
        throw IncidentFailure(
          "\(source.reference) cannot be merged into \(target.reference): \(refusal)"
        )
      }
    }
    for source in incidents.dropFirst() {
      guard let target = try incident(first.id) else { continue }
      try merge(source, into: target, by: actor, comment: comment)
    }
    try count(first.id)
    return first.reference
  }

  fileprivate func move(
    _ ids: [String],
    _ tenant: String,
    to target: MoveTarget,
    _ comment: String,
    by actor: Actor
  ) throws -> IncidentReference {
    let alerts = try ids.map { id in
      guard let alert = try alert(id, tenant) else {
        throw IncidentFailure.missing(alert: id)
      }
      if alert.incident == nil, alert.settings.createsIncidents {
        throw IncidentFailure("the alert '\(id)' waits for its incident; correlate first")
      }
      return alert
    }
    guard let first = alerts.first else { throw IncidentFailure("name the alerts to move") }
    let destination = try destination(target, tenant, adding: alerts.count, at: first, by: actor)
    if alerts.allSatisfy({ $0.incident == destination.id }) {
      throw IncidentFailure("nothing is moved: \(destination.reference) has the alerts already")
    }
    var touched: Set<Int64> = [destination.id]
    // One that somebody opened over resolved alerts stays so, whatever of these comes or goes.
    var mayBeDone: Set<Int64> = []
    if case .new = target { mayBeDone.insert(destination.id) }
    for alert in alerts {
      if alert.incident == destination.id { continue }
      try shift(alert, from: alert.incident, to: destination, comment, by: actor)
      guard let old = alert.incident else { continue }
      touched.insert(old)
      if alert.status != .resolved { mayBeDone.insert(old) }
    }
    for id in touched.sorted() { try count(id) }
    for id in mayBeDone.sorted() { try resolveIfDone(id) }
    return destination.reference
  }

  private func destination(
    _ target: MoveTarget,
    _ tenant: String,
    adding count: Int,
    at alert: IncidentAlert,
    by actor: Actor
  ) throws -> Incident {
    switch target {
    case .incident(let reference):
      guard reference.tenant == tenant, let incident = try incident(reference) else {
        throw IncidentFailure.missing(reference.description)
      }
      guard incident.status.isOpen else {
        throw IncidentFailure("\(reference) is \(incident.status.rawValue); choose an open one")
      }
      if incident.alertCount + count > IncidentStore.mostAlerts {
        throw IncidentFailure(
          "\(reference) would have more than \(IncidentStore.mostAlerts) alerts"
        )
      }
      return incident
    case .new(let name):
      let id = try makeIncident(tenant, at: alert.firstTime, name: name)
      try note("created", on: id, tenant, by: actor)
      guard let incident = try incident(id) else { throw IncidentFailure("it was not made") }
      return incident
    }
  }

  private func shift(
    _ alert: IncidentAlert,
    from old: Int64?,
    to new: Incident,
    _ comment: String,
    by actor: Actor
  ) throws {
    try place(alert.key, in: new.id)
    let source = try old.flatMap { try incident($0) }?.reference.description ?? ""
    for incident in [old, new.id].compactMap({ $0 }) {
      try note(
        "alert moved",
        on: incident,
        alert.tenant,
        by: actor,
        alert: alert.id,
        old: source,
        new: new.reference.description,
        comment: comment
      )
    }
    try inheritOwner(alert.key, of: new)
  }

  fileprivate func undoMove(
    _ id: String,
    _ tenant: String,
    by actor: Actor
  ) throws -> IncidentFailure? {
    guard let alert = try alert(id, tenant), let place = alert.incident else {
      return .missing(alert: id)
    }
    guard let move = try lastMove(of: alert, in: place),
      let reference = try? IncidentReference(reading: move.old, tenants: [tenant]),
      let old = try incident(reference), old.id != place
    else { return try refusal(ofUndoing: alert, in: place) }
    if old.status == .redirected {
      return IncidentFailure("\(old.reference) was merged into another; move the alert there")
    }
    if old.status == .resolved {
      guard let before = try statusBeforeMove(of: old) else {
        return IncidentFailure("\(old.reference) is resolved; resolved incidents take no alerts")
      }
      if try alert.status != .resolved || wereResolved(movedFrom: old, by: move) {
        try setStatus(before, of: old, by: actor, comment: "a move was undone")
      }
    }
    if let owner = alert.assignedTo, try hasOwner(owner, alert, by: move) {
      try assign(alert, to: nil, by: .propagation)
    }
    try shift(alert, from: place, to: old, "undone", by: actor)
    try count(place)
    try count(old.id)
    if alert.status != .resolved { try resolveIfDone(place) }
    return nil
  }

  /// The last move of an alert that is in the history of an incident.
  private func lastMove(of alert: IncidentAlert, in incident: Int64) throws -> AlertMove? {
    try rows(
      """
      SELECT id, at, old, new FROM history
      WHERE incident = ? AND alert = ? AND action = 'alert moved' ORDER BY id DESC LIMIT 1
      """,
      [incident, alert.id]
    ) { AlertMove(entry: $0[0], at: $0[1], old: $0[2], new: $0[3]) }
    .first
  }

  /// Whether all alerts that a move took from an incident were resolved then and still are: it was
  /// open since somebody wanted it so.
  private func wereResolved(movedFrom old: Incident, by move: AlertMove) throws -> Bool {
    let moved = try rows(
      "SELECT alert FROM history WHERE incident = ? AND action = 'alert moved' AND at = ?",
      [old.id, move.at]
    ) { $0[0] as String }
    return try moved.allSatisfy { id in
      guard let alert = try alert(id, old.tenant), alert.status == .resolved else { return false }
      return try rows(
        """
        SELECT 1 FROM history WHERE incident = ? AND alert = ? AND action = 'alert status'
          AND id > ? LIMIT 1
        """,
        [alert.incident, id, move.entry]
      )
      .isEmpty
    }
  }

  /// Whether an alert has its owner from the incident that it was moved to.
  private func hasOwner(
    _ owner: String,
    _ alert: IncidentAlert,
    by move: AlertMove
  ) throws -> Bool {
    let last = try rows(
      """
      SELECT at, actor, new FROM history
      WHERE incident = ? AND alert = ? AND action = 'alert assigned' AND id > ?
      ORDER BY id DESC LIMIT 1
      """,
      [alert.incident, alert.id, move.entry]
    ) { (at: $0[0] as Int64, actor: $0[1] as String, new: $0[2] as String) }
    .first
    return last.map {
      $0.at == move.at && $0.actor == Actor.propagation.name && $0.new == owner
    } ?? false
  }

  /// Why no move of an alert leads to where it is: it was not moved, or what it was moved to was
  /// merged since.
  private func refusal(
    ofUndoing alert: IncidentAlert,
    in place: Int64
  ) throws -> IncidentFailure {
    guard let incident = try incident(place) else { return .missing(alert: alert.id) }
    for merged in try lineage(of: incident) {
      guard let move = try lastMove(of: alert, in: merged.id),
        move.new != incident.reference.description
      else { continue }
      return IncidentFailure(
        "the alert '\(alert.id)' was moved to \(move.new), which was merged into "
          + "\(incident.reference) since; move it with 'harrier incidents move'"
      )
    }
    return IncidentFailure("the alert '\(alert.id)' was not moved")
  }

  /// What a resolved incident was before a move left it without an open alert; nil where it was
  /// resolved otherwise.
  private func statusBeforeMove(of incident: Incident) throws -> IncidentStatus? {
    let last = try rows(
      """
      SELECT actor, old, EXISTS (SELECT 1 FROM history AS moved WHERE moved.incident = ?1
        AND moved.action = 'alert moved' AND moved.at = history.at)
      FROM history WHERE incident = ?1 AND action = 'status' ORDER BY id DESC LIMIT 1
      """,
      [incident.id]
    ) { (actor: $0[0] as String, old: $0[1] as String, isOfMove: $0[2] as Bool) }
    .first
    guard let last, last.actor == Actor.propagation.name, last.isOfMove else { return nil }
    return IncidentStatus(rawValue: last.old) ?? .active
  }
}

/// A move of an alert in the history: from which incident to which.
private struct AlertMove {
  /// Its place in the history, and its time in ticks.
  let entry: Int64
  let at: Int64
  let old: String
  let new: String
}
