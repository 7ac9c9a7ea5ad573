import Alerts
import Columnar
import GRDB
import Incidents

/// Where an action goes next, and what is said of it.
struct ActionStep {
  let status: ActionStatus
  var comment = ""
  /// What it is handed to.
  var connector: String?
  /// The state that it ended.
  var before: String?
}

extension ResponseWriter {
  /// Brings an action to its next status, with its history, that of its incident, and what follows
  /// for evidence and other actions.
  ///
  /// - Returns: why it cannot become that; then nothing is changed.
  func advance(
    _ action: ActionRecord,
    _ step: ActionStep,
    by actor: Actor
  ) throws -> ResponseFailure? {
    guard action.status.next.contains(step.status) else {
      return ResponseFailure(
        "\(action.reference) is \(action.status.rawValue) and cannot become \(step.status.rawValue)"
      )
    }
    let now = incidents.now.ticks
    let isDecision =
      action.status == .pending && [.approved, .queued, .rejected].contains(step.status)
    try incidents.run(
      """
      UPDATE actions SET status = ?, detail = ?, connector = coalesce(?, connector),
        before = coalesce(?, before), decided_by = coalesce(?, decided_by),
        decided = coalesce(?, decided), started = CASE WHEN ? THEN ? ELSE started END,
        ended = CASE WHEN ? THEN NULL ELSE ? END
      WHERE id = ?
      """,
      [
        step.status.rawValue, step.comment, step.connector, step.before,
        isDecision ? actor.name : nil, isDecision ? now : nil, step.status == .running, now,
        step.status.isOpen, now, action.id,
      ]
    )
    try note(step.status, of: action.id, action.tenant, by: actor, comment: step.comment)
    try tellIncidents(of: action, step, by: actor)
    try followUp(action, step)
    for investigation in try incidents.investigations(waitingOn: action) {
      try InvestigationWriter(incidents).follow(investigation)
    }
    return nil
  }

  /// Lets an action be executed, or wait for its turn where others are at work.
  func release(
    _ action: ActionRecord,
    comment: String,
    by actor: Actor
  ) throws -> ResponseFailure? {
    let wait =
      action.undoesID == nil
      ? try reasonToWait(action.kind, of: action.tenant, action.approval) : nil
    guard let wait else {
      return try advance(action, ActionStep(status: .approved, comment: comment), by: actor)
    }
    let why = comment.isEmpty ? wait : comment + ": " + wait
    return try advance(action, ActionStep(status: .queued, comment: why), by: actor)
  }

  /// Keeps in the histories of its incidents what became of an action, and counts their pending
  /// ones.
  private func tellIncidents(of action: ActionRecord, _ step: ActionStep, by actor: Actor) throws {
    let what = "\(action.reference) \(action.kind.rawValue) \(action.target)"
    for incident in try incidents.incidents(of: action) {
      try countPending(incident)
      try incidents.note(
        "response action",
        on: incident,
        action.tenant,
        by: actor,
        alert: incident == action.incident ? action.alertID : nil,
        old: action.status.rawValue,
        new: step.status.rawValue,
        comment: step.comment.isEmpty ? what : what + ": " + step.comment
      )
    }
  }

  private func followUp(_ action: ActionRecord, _ step: ActionStep) throws {
    let evidence = EvidenceStatus(incidents)
    switch step.status {
    case .completed where action.kind.subject == .mail:
      // Where only the copy of the sender was moved, the mail is as it was.
      guard action.movesMail(before: step.before ?? action.before) else { return }
      try evidence.set(action.undoesID == nil ? "remediated" : "active", by: action)
      try settlePending(after: action)
    case .completed, .alreadyRemediated, .alreadyInDestination:
      try evidence.set(action.undoesID == nil ? "remediated" : "active", by: action)
    case .rejected: try evidence.set("declined", by: action)
    default: break
    }
  }

  /// Ends the actions that wait for approval and would take the danger out of a mail from which it
  /// was just taken.
  private func settlePending(after done: ActionRecord) throws {
    guard done.kind.remediates, done.undoesID == nil else { return }
    let waiting = try actions(
      "WHERE actions.tenant = ? AND actions.target = ? AND actions.status = 'pending'",
      [done.tenant, done.target.text]
    )
    for action in waiting
    where action.kind.remediates && action.kind.subject == .mail && done.covers(action) {
      _ = try advance(
        action,
        ActionStep(
          status: .alreadyRemediated,
          comment: "\(done.reference) did \(done.kind.rawValue) with the mail before"
        ),
        by: .response
      )
    }
  }

  /// An action that took the danger out of the mail of another since that was proposed.
  func remedy(before action: ActionRecord) throws -> ActionRecord? {
    guard action.wasProposed, action.kind.subject == .mail, action.kind.remediates else {
      return nil
    }
    return try actions(
      """
      WHERE actions.tenant = ? AND actions.target = ? AND actions.status = 'completed'
        AND actions.id <> ? AND actions.undoes IS NULL AND actions.ended >= ?
        AND NOT EXISTS (SELECT 1 FROM actions AS other
          WHERE other.undoes = actions.id AND other.status = 'completed')
      ORDER BY actions.id
      """,
      [action.tenant, action.target.text, action.id, action.requested.ticks]
    )
    .first { $0.kind.remediates && $0.movesMail(before: $0.before) && $0.covers(action) }
  }
}
