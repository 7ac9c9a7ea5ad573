import Columnar
import GRDB
public import Incidents
public import OperationalStore

/// What somebody decides about actions that wait.
public enum ActionDecision: Sendable, Equatable {
  case approve
  case reject
}

extension ActionStore {
  /// Approves or rejects actions, each wholly or not at all. All are of one kind.
  ///
  /// - Parameter allowsOwn: whether somebody may approve what they asked for themselves.
  public func decide(
    _ decision: ActionDecision,
    _ references: [ResponseReference],
    comment: String = "",
    allowsOwn: Bool,
    by actor: Actor
  ) throws -> [ItemOutcome] {
    try write { writer -> Result<[ItemOutcome], ResponseFailure> in
      let found = try references.compactMap { try writer.incidents.action($0) }
      let kinds = Set(found.map(\.kind.rawValue)).sorted()
      if kinds.count > 1 {
        return .failure(
          ResponseFailure(
            "only actions of one kind are decided together; these are "
              + kinds.joined(separator: ", ") + "; choose with --kind"
          )
        )
      }
      let outcomes = try references.map { reference in
        let failure = try writer.decide(
          decision,
          reference,
          comment: comment,
          allowsOwn: allowsOwn,
          by: actor
        )
        return ItemOutcome(reference, failure)
      }
      return .success(outcomes)
    }
    .get()
  }

  /// Lets actions that failed be executed once more.
  public func retry(
    _ references: [ResponseReference],
    by actor: Actor
  ) throws(StoreFailure) -> [ItemOutcome] {
    try write { writer in
      try references.map { ItemOutcome($0, try writer.retry($0, by: actor)) }
    }
  }

  /// Says of actions that may have run whether they did.
  public func settle(
    _ references: [ResponseReference],
    didRun: Bool,
    comment: String = "",
    by actor: Actor
  ) throws(StoreFailure) -> [ItemOutcome] {
    try write { writer in
      try references.map { reference in
        guard let action = try writer.incidents.action(reference) else {
          return ItemOutcome(reference, .missing("action", reference.description))
        }
        guard action.status == .mayHaveRun else {
          let failure = ResponseFailure(
            "\(reference) is \(action.status.rawValue); only what mayHaveRun is settled"
          )
          return ItemOutcome(reference, failure)
        }
        let said = didRun ? "said to have run" : "said not to have run"
        let step = ActionStep(
          status: didRun ? .completed : .failed,
          comment: comment.isEmpty ? said : said + ": " + comment
        )
        return ItemOutcome(reference, try writer.advance(action, step, by: actor))
      }
    }
  }

  /// Ends the actions on which nobody decided in time.
  ///
  /// - Returns: how many there were.
  @discardableResult
  public func expire() throws(StoreFailure) -> Int {
    try write { writer in
      let late = try writer.actions(
        "WHERE actions.status = 'pending' AND actions.expires <= ?",
        [writer.incidents.now.ticks]
      )
      for action in late {
        _ = try writer.advance(
          action,
          ActionStep(status: .expired, comment: "nobody decided within a week"),
          by: .response
        )
      }
      return late.count
    }
  }
}

extension ResponseWriter {
  fileprivate func decide(
    _ decision: ActionDecision,
    _ reference: ResponseReference,
    comment: String,
    allowsOwn: Bool,
    by actor: Actor
  ) throws -> ResponseFailure? {
    guard let action = try incidents.action(reference) else {
      return .missing("action", reference.description)
    }
    guard action.status == .pending else {
      return ResponseFailure("\(reference) is \(action.status.rawValue), not pending")
    }
    if let expires = action.expires, expires.ticks <= incidents.now.ticks {
      _ = try advance(
        action,
        ActionStep(status: .expired, comment: "nobody decided within a week"),
        by: .response
      )
      return ResponseFailure("\(reference) expired at \(expires.text); ask for it anew")
    }
    if decision == .reject {
      return try advance(action, ActionStep(status: .rejected, comment: comment), by: actor)
    }
    if !allowsOwn, !action.isSystem, action.requestedBy == actor.name {
      return ResponseFailure(
        "'\(actor.name)' asked for \(reference); somebody else approves it"
      )
    }
    if let done = try remedy(before: action) {
      let why = "\(done.reference) did \(done.kind.rawValue) with the mail before"
      _ = try advance(action, ActionStep(status: .alreadyRemediated, comment: why), by: .response)
      return ResponseFailure("\(reference) is already remediated: \(why)")
    }
    return try release(action, comment: comment, by: actor)
  }

  fileprivate func retry(
    _ reference: ResponseReference,
    by actor: Actor
  ) throws -> ResponseFailure? {
    guard let action = try incidents.action(reference) else {
      return .missing("action", reference.description)
    }
    guard action.status == .failed else {
      return ResponseFailure(
        "\(reference) is \(action.status.rawValue); only failed ones are retried"
      )
    }
    if let undone = action.undoesID, let other = try undoing(undone), other.id != action.id {
      return ResponseFailure("\(other.reference) takes the same action back already")
    }
    return try release(action, comment: "retried", by: actor)
  }

  /// The action that takes another back, or did.
  func undoing(_ id: Int64) throws -> ActionRecord? {
    try actions(
      """
      WHERE actions.undoes = ? AND actions.status NOT IN ('rejected', 'expired', 'failed')
      """,
      [id]
    )
    .first
  }
}

extension ItemOutcome {
  init(_ reference: ResponseReference, _ failure: ResponseFailure?) {
    self.init(
      tenant: reference.tenant,
      item: "\(reference.number)",
      failure: failure.map { IncidentFailure($0.description) }
    )
  }
}
