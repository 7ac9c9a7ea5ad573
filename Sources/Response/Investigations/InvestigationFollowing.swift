import Columnar
import GRDB
import Incidents

extension IncidentReading {
  /// The actions that an investigation asked for, and those of others on which it waits.
  static var ofInvestigation: String {
    "(investigation = ?1 OR id IN (SELECT action FROM shared_actions WHERE investigation = ?1))"
  }

  /// The statuses of the actions of an investigation, with their targets.
  func actions(
    ofInvestigation id: Int64
  ) throws -> [(target: String, status: ActionStatus)] {
    try rows(
      """
      SELECT target, status FROM actions WHERE \(Self.ofInvestigation) AND undoes IS NULL
      ORDER BY id
      """,
      [id]
    )
    .map { ($0["target"], ActionStatus(rawValue: $0["status"]) ?? .failed) }
  }

  /// The mails on which actions wait for a decision.
  func waitingMails(
    ofInvestigation id: Int64
  ) throws -> [(action: Int64, mail: ActionTarget)] {
    try rows(
      "SELECT id, kind, target FROM actions WHERE \(Self.ofInvestigation) AND status = 'pending'",
      [id]
    )
    .compactMap { row in
      guard let kind = ActionKind(rawValue: row["kind"]), kind.subject == .mail else { return nil }
      return (row["id"], ActionTarget(stored: row["target"]))
    }
  }
}

extension InvestigationWriter {
  /// Lets an investigation that waits for its actions be what these became. One that was stopped
  /// stays so, and only its things follow.
  func follow(_ id: Int64) throws {
    guard let investigation = try investigation(id),
      [.pendingAction, .terminatedByUser].contains(investigation.status)
    else { return }
    let actions = try incidents.actions(ofInvestigation: id)
    let targets = Dictionary(grouping: actions) { $0.target }.mapValues { $0.map(\.1) }
    for entity in try entities(of: id) {
      guard let statuses = targets[entity.key] else { continue }
      var entity = entity
      entity.remediation = Self.remediation(statuses)
      try update(entity, of: id)
    }
    if investigation.status == .pendingAction,
      let (status, detail) = Self.outcome(actions.map(\.1))
    {
      try set(status, of: investigation, detail: detail)
    }
    try updateEvidence(of: investigation)
  }

  /// What an investigation is when its actions are done; nil as long as one is open.
  static func outcome(_ statuses: [ActionStatus]) -> (InvestigationStatus, String)? {
    if statuses.contains(where: \.isOpen) { return nil }
    if statuses.contains(.expired) {
      return (.terminatedBySystem, "nobody decided on its actions in time")
    }
    let done = statuses.filter(isDone).count
    if done == statuses.count { return (.remediated, "") }
    let rejected = statuses.filter { $0 == .rejected }.count
    if rejected == statuses.count { return (.partiallyInvestigated, "all actions were rejected") }
    if done == 0, rejected == 0 { return (.failed, "all actions failed") }
    let failed = statuses.count - done - rejected
    return (.partiallyRemediated, "\(done) actions done, \(rejected) rejected, \(failed) failed")
  }

  private static func isDone(_ status: ActionStatus) -> Bool {
    status == .completed || status == .alreadyRemediated || status == .alreadyInDestination
  }

  /// Graph's word for what became of something on which there are actions.
  static func remediation(_ statuses: [ActionStatus]) -> String {
    if statuses.contains(.pending) { return "pendingApproval" }
    if statuses.contains(where: \.isOpen) { return "running" }
    let done = statuses.filter(isDone).count
    if done == statuses.count { return "remediated" }
    if done > 0 { return "partiallyRemediated" }
    return statuses.allSatisfy { $0 == .rejected } ? "declined" : "unremediated"
  }

  /// Ends an action on which nobody decided yet; nothing where somebody did.
  func settle(
    _ action: Int64,
    as status: ActionStatus,
    detail: String,
    by actor: Actor
  ) throws {
    guard let found = try incidents.action(id: action), found.status == .pending else { return }
    _ = try response.advance(found, ActionStep(status: status, comment: detail), by: actor)
  }
}
