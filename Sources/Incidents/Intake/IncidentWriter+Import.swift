import Alerts
import Columnar
import Crypto
import DetectionRules
import GRDB

extension IncidentWriter {
  /// Inserts an alert of another product and puts it into the outbox; one that a tuning rule does
  /// away with is resolved at once.
  ///
  /// - Returns: what the database knows it by.
  @discardableResult
  func insert(_ alert: ImportedAlert, _ tenant: String) throws -> String {
    let digits = HexDigits.text(
      SHA256.hash(data: Array("harrier import\u{0}\(tenant)\u{0}\(alert.id)".utf8))
    )
    let key = alert.source.prefix + digits.prefix(32)
    let tuned = try tuningRule(for: alert, of: tenant)
    let status: AlertStatus = tuned == nil ? alert.status : .resolved
    let resolved = tuned == nil ? alert.resolved ?? now : now
    try run(
      """
      INSERT INTO alerts (id, key, tenant, rule, run, signature, title, description,
        recommended_actions, severity, category, tactics, techniques, service_source,
        detection_source, status, first_time, last_time, created, updated, events, stands_for,
        is_correlated, provider_id, product, assigned_to, classification, determination, resolved,
        investigation_state, threat, tuned_by, threat_family, threat_actor, policy, told)
      VALUES (?, ?, ?, '', 0, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 1, ?, ?, ?, ?, ?,
        ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        key, digits, tenant, alert.title, alert.description, alert.recommendedActions,
        alert.severity.rawValue, alert.category, alert.storedTactics, alert.storedTechniques,
        alert.source.service, alert.source.detection,
        status.rawValue, alert.firstTime.ticks, alert.lastTime.ticks,
        (alert.created ?? now).ticks, now.ticks, alert.id, alert.product, alert.assignedTo,
        alert.classification.classification, alert.classification.determination,
        status == .resolved ? resolved.ticks : nil, alert.investigationState, alert.threat,
        tuned?.name, alert.threatFamily, alert.threatActor, alert.policy,
        ToldState(alert).stored,
      ]
    )
    try insert(alert.evidence, of: key, from: 0)
    try keepRest(of: alert, key, isNew: true)
    try send("alertCreated", key, tenant)
    return key
  }

  /// Adds what is new of an alert that is known, and takes what its product says otherwise than the
  /// last time; false where nothing is.
  func update(_ known: IncidentAlert, with alert: ImportedAlert) throws -> Bool {
    let old = try evidence(ofAlert: known.key)
    let identities = Set(old.map(\.identity))
    let new = alert.evidence.filter { !identities.contains($0.identity) }
    let isWithin = known.firstTime <= alert.firstTime && alert.lastTime <= known.lastTime
    let isNamed = try nameThreats(of: known, as: alert)
    let isRedescribed = try redescribe(known, as: alert)
    let isDealtWith = try takeState(of: known, told: alert)
    let isRest = try keepRest(of: alert, known.key, isNew: false)
    if new.isEmpty, isWithin, !isNamed, !isRedescribed, !isDealtWith, !isRest { return false }
    try insert(new, of: known.key, from: nextPosition(ofEvidenceOf: known.key))
    try widen(known, to: alert)
    try send("alertUpdated", known.key, known.tenant)
    return true
  }

  /// Fills in what was not known of an alert's threat and policy; false where nothing is new.
  func nameThreats(of known: IncidentAlert, as alert: ImportedAlert) throws -> Bool {
    let old = [known.threat, known.threatFamily, known.threatActor, known.policy]
    let told = [alert.threat, alert.threatFamily, alert.threatActor, alert.policy]
    let named = zip(old, told).map { $0.isEmpty ? $1 : $0 }
    if named == old { return false }
    try run(
      """
      UPDATE alerts SET threat = ?, threat_family = ?, threat_actor = ?, policy = ?, updated = ?
      WHERE id = ?
      """,
      [named[0], named[1], named[2], named[3], now.ticks, known.key]
    )
    return true
  }

  func insert(_ evidence: [Evidence], of key: String, from start: Int) throws {
    for (offset, item) in evidence.enumerated() {
      try run(
        """
        INSERT INTO alert_entities (alert, position, kind, is_impacted, is_strong, identifiers,
          role, verdict, remediation)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          key, start + offset, item.kind, item.isImpacted, item.isStrong,
          StoredJSON.mapping(item.identifiers), item.role,
          item.verdict, item.remediation,
        ]
      )
    }
  }

  func send(_ kind: String, _ key: String, _ tenant: String) throws {
    try run(
      "INSERT INTO outbox (tenant, kind, alert, noted) VALUES (?, ?, ?, ?)",
      [tenant, kind, key, now.ticks]
    )
  }
}
