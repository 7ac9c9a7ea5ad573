import GRDB
public import Incidents

/// What became of the actions on which an investigation waited that somebody stopped.
public struct StoppedInvestigation: Sendable, Equatable {
  /// How many were rejected with it.
  public internal(set) var rejected = 0
  /// How many stay pending, since others wait for them too.
  public internal(set) var kept = 0
  /// Who those others are.
  public internal(set) var waiting: [ResponseReference] = []

  /// What stays, in words; empty where nothing does.
  public var text: String {
    if kept == 0 { return "" }
    let others = waiting.map(\.description).joined(separator: ", ")
    return kept == 1
      ? "1 action stays pending for \(others)" : "\(kept) actions stay pending for \(others)"
  }
}

extension InvestigationStore {
  /// Ends an investigation by hand. Actions that wait for a decision are rejected with it, but not
  /// those for which another investigation waits.
  @discardableResult
  public func stop(_ reference: ResponseReference, by actor: Actor) throws -> StoppedInvestigation {
    let investigation = try investigation(reference)
    let outcome = try write { writer -> Result<StoppedInvestigation, ResponseFailure> in
      guard let current = try writer.investigation(investigation.id), current.status.isOpen else {
        let status = investigation.status.rawValue
        return .failure(ResponseFailure("\(reference) is \(status); only open ones are stopped"))
      }
      return .success(try writer.stop(current, by: actor))
    }
    return try outcome.get()
  }
}

extension InvestigationWriter {
  fileprivate func stop(
    _ investigation: Investigation,
    by actor: Actor
  ) throws -> StoppedInvestigation {
    let pending = try incidents.rows(
      """
      SELECT id FROM actions
      WHERE \(IncidentReader.ofInvestigation) AND status = 'pending' ORDER BY id
      """,
      [investigation.id]
    )
    .map { $0["id"] as Int64 }
    var stopped = StoppedInvestigation()
    var unwanted: [Int64] = []
    for action in pending {
      let others = try others(waitingOn: action, beside: investigation)
      if others.isEmpty {
        unwanted.append(action)
        continue
      }
      stopped.kept += 1
      stopped.waiting += others.filter { !stopped.waiting.contains($0) }
    }
    stopped.rejected = unwanted.count
    let said = "stopped by \(actor.name)"
    try set(
      .terminatedByUser,
      of: investigation,
      detail: stopped.kept == 0 ? said : said + "; " + stopped.text,
      by: actor
    )
    for action in unwanted {
      try settle(action, as: .rejected, detail: "its investigation was stopped", by: actor)
    }
    return stopped
  }

  /// The investigations that are open and wait for an action too.
  private func others(
    waitingOn id: Int64,
    beside investigation: Investigation
  ) throws -> [ResponseReference] {
    guard let action = try incidents.action(id: id) else { return [] }
    return try incidents.investigations(waitingOn: action)
      .filter { $0 != investigation.id }
      .compactMap { try self.investigation($0) }
      .filter(\.status.isOpen)
      .map(\.reference)
  }
}
