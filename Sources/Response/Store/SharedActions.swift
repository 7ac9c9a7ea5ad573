import GRDB
import Incidents

// Several investigations may want the same, such as those of alerts of one campaign. One asks for
// it, the others wait for that action too, and it is of the incidents of all of them.

extension IncidentReading {
  /// The incidents that an action is about.
  func incidents(of action: ActionRecord) throws -> [Int64] {
    let others = try rows(
      """
      SELECT DISTINCT alerts.incident AS incident FROM shared_actions
        CROSS JOIN investigations ON investigations.id = shared_actions.investigation
        CROSS JOIN alerts ON alerts.id = investigations.alert
      WHERE shared_actions.action = ? AND alerts.incident IS NOT NULL ORDER BY alerts.incident
      """,
      [action.undoesID ?? action.id]
    )
    .map { $0["incident"] as Int64 }
    guard let own = action.incident else { return others }
    return [own] + others.filter { $0 != own }
  }

  /// The investigations that wait for an action.
  func investigations(waitingOn action: ActionRecord) throws -> [Int64] {
    let others = try rows(
      "SELECT investigation FROM shared_actions WHERE action = ? ORDER BY investigation",
      [action.id]
    )
    .map { $0["investigation"] as Int64 }
    return (action.investigation.map { [$0] } ?? []) + others
  }
}

extension InvestigationWriter {
  /// Lets an investigation wait for an action that another one asked for, which its incident tells.
  func share(_ action: Int64, with investigation: Investigation) throws {
    try incidents.run(
      "INSERT OR IGNORE INTO shared_actions (investigation, action) VALUES (?, ?)",
      [investigation.id, action]
    )
    guard incidents.database.changesCount > 0, let shared = try incidents.action(id: action),
      let alert = try investigation.alert.flatMap({ try incidents.alert(key: $0) }),
      let incident = alert.incident, incident != shared.incident
    else { return }
    try response.countPending(incident)
    try incidents.note(
      "response action",
      on: incident,
      alert.tenant,
      by: .investigation,
      alert: alert.id,
      new: shared.status.rawValue,
      comment: "\(shared.reference) \(shared.kind.rawValue) \(shared.target)"
    )
  }
}
