import DetectionRules

/// What an action does, in Graph's words where it has one.
public enum ActionKind: String, Sendable, CaseIterable {
  case isolateDevice, releaseDevice, containDevice, releaseContainment
  case collectInvestigationPackage, runAntivirusScan
  case restrictAppExecution, removeAppRestriction
  case stopAndQuarantineFile, releaseFromQuarantine
  case blockFile, allowFile, blockUrl, blockSender
  /// Only take back what put an entry on the allow and block list.
  case removeFileEntry, removeUrlEntry, removeSenderEntry
  case markUserAsCompromised, confirmUserSafe, disableUser, enableUser, forceUserPasswordReset
  case moveToInbox, moveToJunk, moveToDeletedItems, softDelete, hardDelete
  /// Only takes back what released a mail from quarantine.
  case returnToQuarantine
  /// Only takes back what deleted the copy of a mail in its sender's mailbox, and not the mail.
  case restoreSendersCopy
  case removeInboxRule
  /// Takes the access away that users, or an administrator for all, gave an OAuth app.
  case revokeAppConsent
  /// Only takes back what revoked consents.
  case restoreAppConsent
  case initiateInvestigation

  /// What an action is done to.
  public enum Subject: String, Sendable {
    case device, file, url, sender, user, mail, mailbox, app
  }

  public var subject: Subject {
    switch self {
    case .isolateDevice, .releaseDevice, .containDevice, .releaseContainment,
      .collectInvestigationPackage, .runAntivirusScan, .restrictAppExecution,
      .removeAppRestriction, .stopAndQuarantineFile, .releaseFromQuarantine,
      .initiateInvestigation:
      .device
    case .blockFile, .allowFile, .removeFileEntry: .file
    case .blockUrl, .removeUrlEntry: .url
    case .blockSender, .removeSenderEntry: .sender
    case .markUserAsCompromised, .confirmUserSafe, .disableUser, .enableUser,
      .forceUserPasswordReset:
      .user
    case .moveToInbox, .moveToJunk, .moveToDeletedItems, .softDelete, .hardDelete,
      .returnToQuarantine, .restoreSendersCopy:
      .mail
    case .removeInboxRule: .mailbox
    case .revokeAppConsent, .restoreAppConsent: .app
    }
  }

  /// The action that takes this one back; nil where none does, for mails, which are moved back to
  /// where they were, and for what puts entries on the list (``entryRemoval``).
  public var opposite: ActionKind? {
    switch self {
    case .isolateDevice: .releaseDevice
    case .containDevice: .releaseContainment
    case .restrictAppExecution: .removeAppRestriction
    case .stopAndQuarantineFile: .releaseFromQuarantine
    case .markUserAsCompromised: .confirmUserSafe
    case .disableUser: .enableUser
    case .revokeAppConsent: .restoreAppConsent
    default: nil
    }
  }

  /// The action that takes the entry of this one off the allow and block list; nil for those that
  /// put none there.
  public var entryRemoval: ActionKind? {
    switch self {
    case .blockFile, .allowFile: .removeFileEntry
    case .blockUrl: .removeUrlEntry
    case .blockSender: .removeSenderEntry
    default: nil
    }
  }

  /// Whether it takes an entry off the allow and block list.
  var removesEntry: Bool {
    switch self {
    case .removeFileEntry, .removeUrlEntry, .removeSenderEntry: true
    default: false
    }
  }

  /// Whether it takes the danger out of what it is done to.
  public var remediates: Bool {
    switch self {
    case .isolateDevice, .containDevice, .restrictAppExecution, .stopAndQuarantineFile,
      .blockFile, .blockUrl, .blockSender, .markUserAsCompromised, .disableUser,
      .forceUserPasswordReset, .moveToJunk, .moveToDeletedItems, .softDelete, .hardDelete,
      .returnToQuarantine, .removeInboxRule, .revokeAppConsent:
      true
    default: false
    }
  }

  /// Whether somebody may ask for it; the others only take back what was done.
  public var isOffered: Bool {
    switch self {
    case .returnToQuarantine, .restoreSendersCopy, .restoreAppConsent: false
    default: !removesEntry
    }
  }

  /// Why a parameter cannot go with it; nil for those that only a connector knows.
  public func refusal(ofParameter name: String, _ value: String) -> String? {
    guard name.lowercased() == Self.isolationType.lowercased() else { return nil }
    if name != Self.isolationType { return "'\(name)' is written \(Self.isolationType)" }
    if self != .isolateDevice { return "\(name) goes with isolateDevice, not with \(rawValue)" }
    if ResponseAction.isolations.contains(value) { return nil }
    return "\(name) is \(ResponseAction.isolations.joined(separator: " or ")), not '\(value)'"
  }

  static let isolationType = "isolationType"

  /// Sets of identifiers, in Graph's names, of which a target has one set whole.
  public var identifiers: [[String]] {
    switch self {
    case .stopAndQuarantineFile, .releaseFromQuarantine:
      [["deviceId", "sha1"], ["deviceId", "sha256"]]
    default: subject.identifiers
    }
  }
}

extension ActionKind.Subject {
  var identifiers: [[String]] {
    switch self {
    case .device: [["deviceId"]]
    case .file: [["sha1"], ["sha256"]]
    case .url: [["url"]]
    case .sender: [["sender"]]
    case .user: [["accountSid"], ["accountObjectId"], ["accountUpn"]]
    case .mail: [["networkMessageId", "recipientEmailAddress"]]
    case .mailbox: [["mailboxPrimaryAddress", "ruleName"]]
    // With a user it is that user's consent, else all that were given to the app.
    case .app: [["appId", "accountUpn"], ["appId"]]
    }
  }
}
