import Alerts
import Columnar
import GRDB
import Incidents
import OperationalStore

/// Changes investigations within a transaction.
struct InvestigationWriter {
  let response: ResponseWriter
  var incidents: IncidentWriter { response.incidents }

  init(_ incidents: IncidentWriter) { response = ResponseWriter(incidents) }

  /// Keeps that an alert is to be investigated; the investigation that is there already where it
  /// was before.
  ///
  /// - Parameters:
  ///   - more: what is to be looked at beside the alert's evidence.
  ///   - known: kinds of what the alert says to be malicious by its nature.
  func start(
    _ playbook: Playbook,
    _ kind: InvestigationKind,
    for alert: IncidentAlert,
    by actor: Actor,
    with more: [InvestigationEntity] = [],
    known: Set<InvestigationEntity.Kind> = []
  ) throws -> (id: Int64, isNew: Bool) {
    let made = try incidents.rows(
      "SELECT id FROM investigations WHERE alert = ? AND playbook = ?",
      [alert.key, playbook.rawValue]
    )
    if let id: Int64 = made.first?["id"] { return (id, false) }
    let number = try response.nextNumber("investigation", of: alert.tenant)
    try incidents.run(
      """
      INSERT INTO investigations (tenant, number, playbook, kind, status, alert, incident,
        requested_by, is_system, created)
      VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?)
      """,
      [
        alert.tenant, number, playbook.rawValue, kind.rawValue, alert.key, alert.incident,
        actor.name, actor.isSystem, incidents.now.ticks,
      ]
    )
    let id = incidents.database.lastInsertedRowID
    let evidence = try incidents.evidence(ofAlert: alert.key)
    let named = AlertEntities.entities(of: evidence, known: known, threat: kind.threat)
    try keep(named + more, of: id)
    try tell(.queued, ofAlert: alert.key)
    if let incident = alert.incident {
      try incidents.count(incident)
      try incidents.note(
        "investigation started",
        on: incident,
        alert.tenant,
        by: actor,
        alert: alert.id,
        new: "\(alert.tenant)/\(number)",
        comment: kind.rawValue
      )
    }
    return (id, true)
  }

  func investigation(_ id: Int64) throws -> Investigation? {
    try incidents.rows("SELECT * FROM investigations WHERE id = ?", [id]).first
      .map(Investigation.init)
  }

  /// Sets the status of an investigation and what follows of it for its alert.
  func set(
    _ status: InvestigationStatus,
    of investigation: Investigation,
    detail: String = "",
    by actor: Actor = .investigation
  ) throws {
    if investigation.status == status, investigation.detail == detail { return }
    let now = incidents.now.ticks
    try incidents.run(
      """
      UPDATE investigations SET status = ?, detail = ?,
        started = CASE WHEN ? THEN coalesce(started, ?) ELSE started END,
        ended = CASE WHEN ? THEN NULL ELSE coalesce(ended, ?) END
      WHERE id = ?
      """,
      [
        status.rawValue, detail, status == .running, now, status.isOpen, now, investigation.id,
      ]
    )
    guard investigation.status != status, let key = investigation.alert else { return }
    try tell(status, ofAlert: key)
    guard let alert = try incidents.alert(key: key), let incident = alert.incident else { return }
    try incidents.note(
      "investigation",
      on: incident,
      alert.tenant,
      by: actor,
      alert: alert.id,
      old: investigation.status.rawValue,
      new: status.rawValue,
      comment: "\(investigation.reference)" + (detail.isEmpty ? "" : ": \(detail)")
    )
    try incidents.count(incident)
    guard status.resolvesAlert else { return }
    try incidents.setStatus(
      .resolved,
      of: alert,
      by: .investigation,
      comment: "resolved by automated investigation \(investigation.reference.number)"
    )
  }

  /// Lets an alert have Graph's word for the status of its investigation.
  private func tell(_ status: InvestigationStatus, ofAlert key: String) throws {
    try incidents.run(
      "UPDATE alerts SET investigation_state = ?, updated = ? WHERE id = ?",
      [status.graphState, incidents.now.ticks, key]
    )
  }

  // MARK: Steps and entities

  func stepCount(of investigation: Int64) throws -> Int {
    try incidents.rows(
      "SELECT count(*) AS n FROM investigation_steps WHERE investigation = ?",
      [investigation]
    )
    .first?["n"] ?? 0
  }

  func entities(of investigation: Int64) throws -> [InvestigationEntity] {
    try incidents.rows(
      "SELECT * FROM investigation_entities WHERE investigation = ? ORDER BY position",
      [investigation]
    )
    .compactMap(InvestigationEntity.init)
  }

  /// Keeps a step with what it found, unless that was done already; false then.
  func keep(_ step: StepResult, at position: Int, of investigation: Int64) throws -> Bool {
    guard let current = try self.investigation(investigation), current.status == .running,
      try stepCount(of: investigation) == position
    else { return false }
    try incidents.run(
      """
      INSERT INTO investigation_steps (investigation, position, name, at, query, found, is_failed,
        detail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        investigation, position, step.name, incidents.now.ticks, step.query.storable, step.found,
        step.isFailed, step.detail.storable,
      ]
    )
    try keep(step.entities, of: investigation)
    return true
  }

  /// Keeps entities; those that are known get what is new of them.
  func keep(_ found: [InvestigationEntity], of investigation: Int64) throws {
    let old = try entities(of: investigation)
    var known = Dictionary(
      old.map { ($0.kind.rawValue + $0.key, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var position = old.count
    for entity in found {
      let name = entity.kind.rawValue + entity.key
      guard var other = known[name] else {
        let entity = try judged(entity, in: investigation)
        known[name] = entity
        try insert(entity, at: position, of: investigation)
        position += 1
        continue
      }
      let before = other
      other.merge(entity)
      if other == before { continue }
      known[name] = other
      try update(other, of: investigation)
    }
  }

  /// Something with what other investigations of the tenant know of it: an address, file or app
  /// that was malicious there is so here.
  private func judged(
    _ entity: InvestigationEntity,
    in investigation: Int64
  ) throws -> InvestigationEntity {
    guard [.url, .file, .app].contains(entity.kind), entity.verdict != .malicious else {
      return entity
    }
    let found = try incidents.rows(
      """
      SELECT others.tenant, others.number
      FROM investigation_entities AS entities
        JOIN investigations AS others ON others.id = entities.investigation
        JOIN investigations AS own ON own.id = ? AND own.tenant = others.tenant
      WHERE entities.identifiers = ? AND entities.kind = ? AND entities.verdict = 'malicious'
      ORDER BY others.id LIMIT 1
      """,
      [investigation, entity.key, entity.kind.rawValue]
    )
    guard let row = found.first else { return entity }
    var entity = entity
    entity.verdict = .malicious
    entity.facts["knownFrom"] = "\(row["tenant"] as String)/\(row["number"] as Int)"
    return entity
  }

  private func insert(
    _ entity: InvestigationEntity,
    at position: Int,
    of investigation: Int64
  ) throws {
    try incidents.run(
      """
      INSERT INTO investigation_entities (investigation, position, kind, identifiers, verdict,
        remediation, origin, facts)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        investigation, position, entity.kind.rawValue, entity.key, entity.verdict.rawValue,
        entity.remediation, entity.origin, entity.factsText,
      ]
    )
  }

  func update(_ entity: InvestigationEntity, of investigation: Int64) throws {
    try incidents.run(
      """
      UPDATE investigation_entities SET verdict = ?, remediation = ?, facts = ?
      WHERE investigation = ? AND kind = ? AND identifiers = ?
      """,
      [
        entity.verdict.rawValue, entity.remediation, entity.factsText, investigation,
        entity.kind.rawValue, entity.key,
      ]
    )
  }

  /// Lets the evidence of an alert have the verdicts and what became of the things.
  func updateEvidence(of investigation: Investigation) throws {
    guard let key = investigation.alert else { return }
    let entities = try entities(of: investigation.id)
    let evidence = try incidents.evidence(ofAlert: key)
    for (position, item) in evidence.enumerated() {
      let same = entities.filter { AlertEntities.isAbout(item, $0) }
      guard let worst = same.max(by: { $0.verdict < $1.verdict }), worst.verdict != .unknown else {
        continue
      }
      try incidents.run(
        """
        UPDATE alert_entities SET verdict = ?, remediation = ?
        WHERE alert = ? AND position = ?
        """,
        [worst.verdict.rawValue, worst.remediation, key, position]
      )
    }
  }
}
