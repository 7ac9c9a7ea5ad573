import Alerts
import Columnar
import Crypto
import DetectionRules
import GRDB
public import OperationalStore
public import StructuredText

/// Takes alerts of other products in, so that the pipeline finds them in the outbox.
public struct AlertIntake: Sendable {
  /// What became of some alerts.
  public struct Outcome: Sendable, Equatable {
    public var new = 0
    /// Known before, with something further.
    public var updated = 0
    /// Known before, as they are.
    public var unchanged = 0
    /// What could not be taken, by its place from 0, and why.
    public var refused: [Refusal] = []
  }

  /// An alert that was not taken.
  public struct Refusal: Sendable, Equatable {
    public let index: Int
    public let reason: String
  }

  private let store: IncidentStore

  public init(_ store: IncidentStore) { self.store = store }

  /// Takes alerts of Graph's `alerts_v2` in one transaction.
  ///
  /// An alert that was taken before gets what is new of it.
  ///
  /// - Parameter tenant: whose an alert is, by what it names as `tenantId`; nil refuses it.
  public func take(
    _ alerts: [DocumentNode],
    tenant: (String?) -> String?
  ) throws(StoreFailure) -> Outcome {
    try store.write { writer in
      var outcome = Outcome()
      for (index, node) in alerts.enumerated() {
        do throws(IncidentFailure) {
          let alert = try GraphAlert(node)
          guard let owner = tenant(alert.tenant) else {
            throw IncidentFailure(
              "the alert '\(alert.id)' is of no tenant of yours; name one with --tenant"
            )
          }
          try take(alert, owner, writer, &outcome)
        } catch {
          outcome.refused.append(Refusal(index: index, reason: error.description))
        }
      }
      return outcome
    }
  }

  private func take(
    _ alert: GraphAlert,
    _ tenant: String,
    _ writer: IncidentWriter,
    _ outcome: inout Outcome
  ) throws(IncidentFailure) {
    do {
      if let known = try writer.alert(alert.id, tenant) {
        let isNew = try writer.update(known, with: alert)
        if isNew { outcome.updated += 1 } else { outcome.unchanged += 1 }
      } else {
        try writer.insert(alert, tenant)
        outcome.new += 1
      }
    } catch {
      throw IncidentFailure("the alert '\(alert.id)' was not written: \(error)")
    }
  }
}

extension IncidentWriter {
  /// Inserts an alert of another product and puts it into the outbox.
  fileprivate func insert(_ alert: GraphAlert, _ tenant: String) throws {
    let digits = HexDigits.text(
      SHA256.hash(data: Array("harrier import\u{0}\(tenant)\u{0}\(alert.id)".utf8))
    )
    let key = alert.source.prefix + digits.prefix(32)
    let tactics = alert.category.isEmpty ? [] : [alert.category]
    try run(
      """
      INSERT INTO alerts (id, key, tenant, rule, run, signature, title, description,
        recommended_actions, severity, category, tactics, techniques, service_source,
        detection_source, status, first_time, last_time, created, updated, events, stands_for,
        is_correlated, provider_id, product, assigned_to, classification, determination, resolved,
        investigation_state, threat)
      VALUES (?, ?, ?, '', 0, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 1, ?, ?, ?, ?, ?,
        ?, ?, ?)
      """,
      [
        key, digits, tenant, alert.title, alert.description, alert.recommendedActions,
        alert.severity.rawValue, alert.category, StoredJSON.list(tactics),
        StoredJSON.list(alert.techniques), alert.source.service, alert.source.detection,
        alert.status.rawValue, alert.firstTime.ticks, alert.lastTime.ticks,
        (alert.created ?? now).ticks, now.ticks, alert.id, alert.product, alert.assignedTo,
        alert.classification.classification, alert.classification.determination,
        alert.status == .resolved ? now.ticks : nil, alert.investigationState, alert.threat,
      ]
    )
    try insert(alert.evidence, of: key, from: 0)
    try send("alertCreated", key, tenant)
  }

  /// Adds what is new of an alert that is known; false where nothing is.
  fileprivate func update(_ known: IncidentAlert, with alert: GraphAlert) throws -> Bool {
    let old = try evidence(ofAlert: known.key)
    let identities = Set(old.map(\.identity))
    let new = alert.evidence.filter { !identities.contains($0.identity) }
    let first = min(known.firstTime, alert.firstTime)
    let last = max(known.lastTime, alert.lastTime)
    let isResolved = alert.status == .resolved && known.status != .resolved
    if new.isEmpty, first == known.firstTime, last == known.lastTime, !isResolved { return false }
    try insert(new, of: known.key, from: old.count)
    try run(
      "UPDATE alerts SET first_time = ?, last_time = ?, updated = ? WHERE id = ?",
      [first.ticks, last.ticks, now.ticks, known.key]
    )
    if isResolved { try setStatus(.resolved, of: known, by: .source) }
    try send("alertUpdated", known.key, known.tenant)
    return true
  }

  private func insert(_ evidence: [Evidence], of key: String, from start: Int) throws {
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

  private func send(_ kind: String, _ key: String, _ tenant: String) throws {
    try run(
      "INSERT INTO outbox (tenant, kind, alert, noted) VALUES (?, ?, ?, ?)",
      [tenant, kind, key, now.ticks]
    )
  }
}
