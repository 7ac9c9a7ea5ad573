import Alerts
import Columnar
import GRDB
package import Incidents

/// Changes actions and investigations, and the incidents they belong to, within a transaction.
package struct ResponseWriter {
  package let incidents: IncidentWriter
  private let turns: RemediationTurns

  package init(_ incidents: IncidentWriter, limits: RemediationLimits = .product) {
    self.incidents = incidents
    turns = RemediationTurns(limits)
  }

  /// How long somebody may take to approve an action.
  static let patience = 7 * TimeSpan.ticksPerDay

  /// What became of a request.
  package enum Proposal: Equatable {
    case made(Int64)
    /// The same was asked for before, for the same alert.
    case known(Int64)
    /// Another investigation asked for the same, and that is not done yet.
    case waits(Int64)
  }

  /// Keeps an action that somebody asks for, unless the same alert asked for its effect before.
  package func propose(_ request: ActionRequest, by actor: Actor) throws -> Proposal {
    if let known = try known(request) { return .known(known) }
    if let other = try askedElsewhere(request) { return .waits(other) }
    let number = try nextNumber("action", of: request.tenant)
    let incident = try incident(of: request)
    let approval = request.approval.isEmpty ? "\(request.tenant)/\(number)" : request.approval
    let isFree = request.needsApproval || request.undoes != nil
    let wait = isFree ? nil : try reasonToWait(request.kind, of: request.tenant, approval)
    let status: ActionStatus =
      request.needsApproval ? .pending : wait == nil ? .approved : .queued
    let now = incidents.now.ticks
    try incidents.run(
      """
      INSERT INTO actions (tenant, number, kind, target, effect, parameters, approval, name, source,
        status, detail, alert, incident, investigation, undoes, requested_by, is_system, requested,
        expires)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        request.tenant, number, request.kind.rawValue, request.target.text, request.effect,
        StoredJSON.mapping(request.sortedParameters),
        approval, request.name, request.source.rawValue, status.rawValue, wait ?? "", request.alert,
        incident, request.investigation, request.undoes, actor.name, actor.isSystem, now,
        request.needsApproval ? now + Self.patience : nil,
      ]
    )
    let id = incidents.database.lastInsertedRowID
    try note(status, of: id, request.tenant, by: actor, comment: wait ?? "")
    if let incident {
      try countPending(incident)
      try incidents.note(
        "response action",
        on: incident,
        request.tenant,
        by: actor,
        new: status.rawValue,
        comment: "\(request.tenant)/\(number) \(request.kind.rawValue) \(request.target)"
      )
    }
    return .made(id)
  }

  /// Why an action waits behind others before it is executed; nil for one that does not.
  func reasonToWait(
    _ kind: ActionKind,
    of tenant: String,
    _ approval: String
  ) throws -> String? {
    guard kind.subject == .mail else { return nil }
    return try turns.reasonToWait(approval, of: tenant, incidents)
  }

  /// The next number of a tenant's actions, investigations, submissions or entries.
  package func nextNumber(_ kind: String, of tenant: String) throws -> Int {
    try incidents.run(
      """
      INSERT INTO response_numbers (tenant, kind, last) VALUES (?, ?, 1)
      ON CONFLICT DO UPDATE SET last = last + 1
      """,
      [tenant, kind]
    )
    return try incidents.rows(
      "SELECT last FROM response_numbers WHERE tenant = ? AND kind = ?",
      [tenant, kind]
    )
    .first?["last"] ?? 1
  }

  /// Keeps in the history of an action what it became.
  func note(
    _ status: ActionStatus,
    of action: Int64,
    _ tenant: String,
    by actor: Actor,
    comment: String = ""
  ) throws {
    try incidents.run(
      """
      INSERT INTO action_history (tenant, action, at, actor, is_system, status, comment)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [tenant, action, incidents.now.ticks, actor.name, actor.isSystem, status.rawValue, comment]
    )
  }

  /// Counts anew the actions of an incident on which somebody is to decide, since something became
  /// of one: the incident changed now.
  func countPending(_ incident: Int64) throws {
    try incidents.run(
      """
      UPDATE incidents SET updated = ?2, pending_actions = \(PendingActions.count(of: "?1"))
      WHERE id = ?1
      """,
      [incident, incidents.now.ticks]
    )
  }

  private func known(_ request: ActionRequest) throws -> Int64? {
    guard let alert = request.alert, request.undoes == nil else { return nil }
    return try incidents.rows(
      "SELECT id FROM actions WHERE tenant = ? AND alert = ? AND effect = ? AND undoes IS NULL",
      [request.tenant, alert, request.effect]
    )
    .first?["id"]
  }

  /// The same that another investigation asks for, such as that of another alert of a campaign.
  private func askedElsewhere(_ request: ActionRequest) throws -> Int64? {
    guard let investigation = request.investigation, request.undoes == nil else { return nil }
    return try incidents.rows(
      """
      SELECT id FROM actions WHERE tenant = ? AND effect = ? AND undoes IS NULL
        AND investigation IS NOT NULL AND investigation <> ?
        AND status IN ('pending', 'queued', 'approved', 'running')
      ORDER BY id LIMIT 1
      """,
      [request.tenant, request.effect, investigation]
    )
    .first?["id"]
  }

  /// The incident of an action is that of its alert.
  private func incident(of request: ActionRequest) throws -> Int64? {
    guard let alert = request.alert else { return request.incident }
    return try incidents.alert(key: alert)?.incident
  }
}
