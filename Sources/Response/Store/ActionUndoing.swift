public import Incidents

extension ActionStore {
  /// Asks for actions that take others back; each is taken back once.
  ///
  /// - Returns: the new actions, and what came of each that was to be taken back.
  public func undo(
    _ references: [ResponseReference],
    comment: String = "",
    by actor: Actor
  ) throws -> (actions: [ActionRecord], outcomes: [ItemOutcome]) {
    var actions: [ActionRecord] = []
    let outcomes = try write { writer in
      try references.map { reference in
        switch try writer.undo(reference, comment: comment, by: actor) {
        case .success(let action):
          actions.append(action)
          return ItemOutcome(reference, nil)
        case .failure(let failure): return ItemOutcome(reference, failure)
        }
      }
    }
    return (actions, outcomes)
  }
}

extension ResponseWriter {
  fileprivate func undo(
    _ reference: ResponseReference,
    comment: String,
    by actor: Actor
  ) throws -> Result<ActionRecord, ResponseFailure> {
    guard let action = try incidents.action(reference) else {
      return .failure(.missing("action", reference.description))
    }
    let kind: ActionKind
    switch action.reversal {
    case .success(let found): kind = found
    case .failure(let failure): return .failure(failure)
    }
    if let other = try undoing(action.id) {
      return .failure(ResponseFailure("\(other.reference) takes \(reference) back already"))
    }
    if kind.removesEntry,
      case .failure(let failure) = try incidents.entry(putBy: action, at: incidents.now)
    {
      return .failure(failure)
    }
    var request = ActionRequest(
      kind,
      on: action.target,
      of: action.tenant,
      source: ActionSource.manual(kind)
    )
    request.name = comment.isEmpty ? "undo of \(reference)" : comment
    request.alert = action.alert
    request.incident = action.incident
    request.undoes = action.id
    if kind == .restoreAppConsent {
      request.parameters[RevokedConsents.parameter] = RevokedConsents(action)?.text
    }
    if MailBefore(reading: action.before).copy != nil { request.alsoRestoreCopy(deletedBy: action) }
    switch try propose(request, by: actor) {
    case .made(let id), .known(let id), .waits(let id):
      guard let made = try incidents.action(id: id) else {
        return .failure(.missing("action", reference.description))
      }
      return .success(made)
    }
  }
}

extension ActionRecord {
  /// What takes it back, or why nothing does.
  var reversal: Result<ActionKind, ResponseFailure> {
    guard status == .completed else {
      return .failure(
        ResponseFailure("\(reference) is \(status.rawValue); only what is completed is taken back")
      )
    }
    if undoesID != nil {
      return .failure(
        ResponseFailure("\(reference) takes another back; ask for that action anew instead")
      )
    }
    if kind == .hardDelete {
      return .failure(
        ResponseFailure("\(reference) deleted the mail for good; nothing undoes that")
      )
    }
    if kind == .revokeAppConsent, RevokedConsents(self) == nil {
      return .failure(
        ResponseFailure(
          "which consents \(reference) revoked is not known to Harrier, since '\(connector)' did "
            + "it; give them again in Entra ID"
        )
      )
    }
    if let back = kind.opposite ?? kind.entryRemoval { return .success(back) }
    guard kind.subject == .mail else {
      return .failure(ResponseFailure("nothing takes back \(kind.rawValue) (\(reference))"))
    }
    let ended = MailBefore(reading: before)
    let restoring: ActionKind? = ended.copy == nil ? nil : .restoreSendersCopy
    guard let back = ended.mail?.mover ?? restoring else {
      return .failure(
        ResponseFailure(
          "where the mail was before \(reference) is not known; move it with 'harrier actions take'"
        )
      )
    }
    return .success(back)
  }
}
