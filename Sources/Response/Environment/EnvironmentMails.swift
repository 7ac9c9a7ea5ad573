import GRDB

/// What an order wants of the copy of a mail in the mailbox of its sender.
private struct CopyChange {
  let sender: String
  let wanted: SentItemLocation

  init?(_ order: ActionOrder) {
    let parameters = order.parameters
    if order.kind == .softDelete, parameters[SendersCopy.asked] == "true" {
      wanted = .softDeleted
    } else if parameters[SendersCopy.restored] == "true" {
      wanted = .sentItems
    } else {
      return nil
    }
    sender = parameters[SendersCopy.senderName] ?? ""
  }

  /// Why it is not done to a mail of which the environment knows better than who asked.
  func refusal(_ mail: Row) -> String? {
    let (known, direction): (String, String) = (mail["sender"], mail["direction"])
    if !direction.isEmpty, let why = SendersCopy.refusal(direction) {
      return "the sender's copy is not deleted, nor the mail: \(why)"
    }
    if known.isEmpty || known.lowercased() == sender.lowercased() { return nil }
    return "the sender's copy is not deleted, nor the mail: it is of \(known), not of \(sender)"
  }

  /// What it came to, with what became of the mail itself; nil for an order on the copy alone.
  func outcome(beside mail: ActionOutcome?, isChanged: Bool) -> ActionOutcome {
    let from: SentItemLocation = wanted == .sentItems ? .softDeleted : .sentItems
    let said =
      isChanged
      ? "the copy of \(sender) moved from \(from.rawValue) to \(wanted.rawValue)"
      : "the copy of \(sender) is in \(wanted.rawValue) already"
    let detail = [mail?.detail, said].compactMap { $0 }.joined(separator: "; ")
    if !isChanged {
      let status = mail?.status ?? .alreadyInDestination
      return ActionOutcome(status, detail, before: mail?.before ?? "")
    }
    let isMoved = mail?.status == .completed
    let ended = MailBefore(
      mail: isMoved ? mail.flatMap { MailLocation(rawValue: $0.before) } : nil,
      copy: from
    )
    return ActionOutcome(.completed, detail, before: ended.text)
  }
}

extension EnvironmentWriter {
  /// Moves a mail, by where it is, and the copy of its sender where that is asked for. The copy is
  /// also moved where the mail itself is out of reach, as mails to others are.
  func changeMail(_ order: ActionOrder) throws -> ActionOutcome {
    let message = order.target["networkMessageId"]?.lowercased() ?? ""
    let recipient = order.target["recipientEmailAddress"]?.lowercased() ?? ""
    let found = try rows(
      """
      SELECT sender, direction, location FROM mails
      WHERE tenant = ? AND message = ? AND recipient = ?
      """,
      [order.tenant, message, recipient]
    )
    guard let mail = found.first else {
      return ActionOutcome(
        .failed,
        "no mail \(message) to \(recipient) is known; ingest EmailEvents that tell of it"
      )
    }
    let change = CopyChange(order)
    if let why = change?.refusal(mail) { return ActionOutcome(.failed, why) }
    let location = MailLocation(rawValue: mail["location"]) ?? .unknown
    let moved = try order.kind.destination.map { destination in
      try move(order, message, recipient, from: location, to: destination)
    }
    if let change {
      let isChanged = try changeCopy(of: message, order.tenant, change)
      return change.outcome(beside: moved, isChanged: isChanged)
    }
    return moved ?? ActionOutcome(.failed, "\(order.kind.rawValue) moves no mail")
  }

  private func move(
    _ order: ActionOrder,
    _ message: String,
    _ recipient: String,
    from location: MailLocation,
    to destination: MailLocation
  ) throws -> ActionOutcome {
    if let outcome = MailMove.outcome(from: location, to: destination, order) { return outcome }
    try run(
      """
      UPDATE mails SET location = ?, changed = ?
      WHERE tenant = ? AND message = ? AND recipient = ?
      """,
      [destination.rawValue, now, order.tenant, message, recipient]
    )
    return ActionOutcome(
      .completed,
      "moved from \(location.rawValue) to \(destination.rawValue)",
      before: location.rawValue
    )
  }

  /// Moves the copy of a mail; one of which nothing is known is a sent item.
  ///
  /// - Returns: whether it was elsewhere.
  private func changeCopy(
    of message: String,
    _ tenant: String,
    _ change: CopyChange
  ) throws -> Bool {
    let known = try rows(
      "SELECT location FROM sent_items WHERE tenant = ? AND message = ?",
      [tenant, message]
    )
    .first.flatMap { SentItemLocation(rawValue: $0["location"]) }
    if known ?? .sentItems == change.wanted { return false }
    try run(
      """
      INSERT OR REPLACE INTO sent_items (tenant, message, sender, location, changed)
      VALUES (?, ?, ?, ?, ?)
      """,
      [tenant, message, change.sender.lowercased(), change.wanted.rawValue, now]
    )
    return true
  }
}

/// What comes of moving a mail, by where it is.
enum MailMove {
  /// nil where the mail is to be moved.
  static func outcome(
    from location: MailLocation,
    to destination: MailLocation,
    _ order: ActionOrder
  ) -> ActionOutcome? {
    // What was asked for while the mail was within reach, and waited for approval since.
    if order.wasProposed, order.kind.remediates, location.isHarmless {
      return ActionOutcome(.alreadyRemediated, "the mail is in \(location.rawValue) by now")
    }
    if location == destination {
      return ActionOutcome(.alreadyInDestination, "the mail is in \(location.rawValue) already")
    }
    if location.isActionable { return nil }
    return ActionOutcome(.failed, location.refusal)
  }
}
