/// Where a mail is, out of what tables say of its latest delivery location.
public enum MailLocation: String, Sendable, CaseIterable {
  case inbox = "Inbox"
  case junk = "Junk folder"
  case deletedItems = "Deleted items"
  case softDeleted = "Soft deleted"
  case hardDeleted = "Hard deleted"
  case quarantine = "Quarantine"
  case external = "On-premises/external"
  case failed = "Failed"
  case dropped = "Dropped"
  case forwarded = "Forwarded"
  case unknown = "Unknown"

  /// Reads what EmailEvents and EmailPostDeliveryEvents write, in any letter case.
  public init(reading text: String) {
    let letters = text.lowercased().filter { $0.isLetter }
    self = Self.beginnings.first { letters.hasPrefix($0.0) }?.1 ?? .unknown
  }

  /// Longer ones before those that they begin with.
  private static let beginnings: [(String, MailLocation)] = [
    ("inbox", .inbox), ("junk", .junk), ("softdelete", .softDeleted),
    ("harddelete", .hardDeleted), ("delete", .deletedItems), ("quarantine", .quarantine),
    ("onprem", .external), ("external", .external), ("failed", .failed), ("dropped", .dropped),
    ("forwarded", .forwarded),
  ]

  /// Whether somebody may still read it, so that actions on it are recommended.
  public var isCloudMailbox: Bool { self == .inbox || self == .junk || self == .deletedItems }

  /// Whether nobody can reach it without an administrator, so that nothing is left to do.
  var isHarmless: Bool {
    switch self {
    case .quarantine, .softDeleted, .hardDeleted, .failed, .dropped: true
    default: false
    }
  }

  /// Whether actions reach it: it is in a mailbox of the cloud or in quarantine.
  public var isActionable: Bool {
    switch self {
    case .inbox, .junk, .deletedItems, .softDeleted, .quarantine: true
    case .hardDeleted, .external, .failed, .dropped, .forwarded, .unknown: false
    }
  }

  /// Why no action reaches it.
  var refusal: String {
    switch self {
    case .hardDeleted: "the mail is deleted for good"
    case .external: "the mail is not in a mailbox of the cloud, but on premises or external"
    case .forwarded: "the mail was forwarded and is in no mailbox of the tenant"
    case .failed: "the mail was never delivered; its delivery failed"
    case .dropped: "the mail was never delivered; it was dropped"
    case .unknown: "where the mail is is not known"
    default: ""
    }
  }

  /// The action that moves a mail there; nil where none does.
  var mover: ActionKind? {
    switch self {
    case .inbox: .moveToInbox
    case .junk: .moveToJunk
    case .deletedItems: .moveToDeletedItems
    case .softDeleted: .softDelete
    case .quarantine: .returnToQuarantine
    default: nil
    }
  }
}

extension ActionKind {
  /// Where an action on mails moves them; nil for all other actions.
  public var destination: MailLocation? {
    switch self {
    case .moveToInbox: .inbox
    case .moveToJunk: .junk
    case .moveToDeletedItems: .deletedItems
    case .softDelete: .softDeleted
    case .hardDelete: .hardDeleted
    case .returnToQuarantine: .quarantine
    default: nil
    }
  }
}
