import GRDB

extension EnvironmentWriter {
  /// Does what an order says, and remembers that under its key.
  func execute(_ order: ActionOrder) throws -> ActionOutcome {
    if let outcome = try outcome(of: order) { return outcome }
    let outcome = try effect(of: order)
    if outcome.status == .completed {
      try run(
        "INSERT INTO done (tenant, number, kind, detail, before, at) VALUES (?, ?, ?, ?, ?, ?)",
        [
          order.tenant, order.reference.number, order.kind.rawValue, outcome.detail,
          outcome.before, now,
        ]
      )
    }
    return outcome
  }

  /// What an order came to that was done before; nil for one that was not.
  func outcome(of order: ActionOrder) throws -> ActionOutcome? {
    try rows(
      "SELECT * FROM done WHERE tenant = ? AND number = ?",
      [order.tenant, order.reference.number]
    )
    .first.map { ActionOutcome(.completed, $0["detail"], before: $0["before"]) }
  }

  private func effect(of order: ActionOrder) throws -> ActionOutcome {
    switch order.kind {
    case .moveToInbox, .moveToJunk, .moveToDeletedItems, .softDelete, .hardDelete,
      .returnToQuarantine, .restoreSendersCopy:
      try changeMail(order)
    case .isolateDevice, .releaseDevice, .containDevice, .releaseContainment,
      .restrictAppExecution, .removeAppRestriction, .collectInvestigationPackage,
      .runAntivirusScan:
      try changeDevice(order)
    case .stopAndQuarantineFile, .releaseFromQuarantine: try changeFile(order)
    case .markUserAsCompromised, .confirmUserSafe, .disableUser, .enableUser,
      .forceUserPasswordReset:
      try changeIdentity(order)
    case .removeInboxRule: try removeRule(order)
    case .revokeAppConsent, .restoreAppConsent: try changeConsents(order)
    case .blockFile, .allowFile, .blockUrl, .blockSender, .removeFileEntry, .removeUrlEntry,
      .removeSenderEntry, .initiateInvestigation:
      ActionOutcome(.failed, "the simulated environment does nothing for \(order.kind.rawValue)")
    }
  }

  private func removeRule(_ order: ActionOrder) throws -> ActionOutcome {
    let mailbox = order.target["mailboxPrimaryAddress"]?.lowercased() ?? ""
    let isRemoved = try changes(
      "DELETE FROM inbox_rules WHERE tenant = ? AND mailbox = ? AND name = ?",
      [order.tenant, mailbox, order.target["ruleName"]]
    )
    if isRemoved { return ActionOutcome(.completed, "the rule is removed") }
    return ActionOutcome(.failed, "the mailbox \(mailbox) has no such rule")
  }

  private func changeFile(_ order: ActionOrder) throws -> ActionOutcome {
    let device = order.target["deviceId"]?.lowercased() ?? ""
    let hash = (order.target["sha1"] ?? order.target["sha256"])?.lowercased() ?? ""
    let isKnown = try rows(
      "SELECT 1 FROM devices WHERE tenant = ? AND id = ?",
      [order.tenant, device]
    )
    if isKnown.isEmpty { return Self.unknown(device) }
    if order.kind == .stopAndQuarantineFile {
      let isNew = try changes(
        "INSERT OR IGNORE INTO quarantined_files (tenant, device, hash) VALUES (?, ?, ?)",
        [order.tenant, device, hash]
      )
      return isNew
        ? ActionOutcome(.completed, "stopped and put into quarantine")
        : ActionOutcome(.alreadyRemediated, "the file is in quarantine there already")
    }
    let isGone = try changes(
      "DELETE FROM quarantined_files WHERE tenant = ? AND device = ? AND hash = ?",
      [order.tenant, device, hash]
    )
    return isGone
      ? ActionOutcome(.completed, "released from quarantine")
      : ActionOutcome(.failed, "the file is not in quarantine on \(device)")
  }

  static func unknown(_ device: String) -> ActionOutcome {
    ActionOutcome(.failed, "no device \(device) is known; ingest DeviceInfo that tells of it")
  }
}
