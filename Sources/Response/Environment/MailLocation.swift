/// Where a mail is.
public enum MailLocation: String, Sendable, CaseIterable {
  case inbox = "Inbox"
  case junk = "Junk"
  case deletedItems = "Deleted Items"
  case softDeleted = "Soft-deleted"
  case hardDeleted = "Hard-deleted"
  case quarantine = "Quarantine"
  case external = "On-premises/external"
  case failed = "Failed"
  case dropped = "Dropped"
  case unknown = "Unknown"

  /// Reads a location in the words of mail events; folders of people's own count as the inbox.
  public init(reading text: String) {
    let text = text.lowercased()
    let found = Self.words.first { text.contains($0.word) }
    self = found?.location ?? (text.isEmpty ? .unknown : .inbox)
  }

  private static let words: [(word: String, location: MailLocation)] = [
    ("on-prem", .external), ("external", .external), ("quarantine", .quarantine),
    ("junk", .junk), ("hard", .hardDeleted), ("purge", .hardDeleted), ("soft", .softDeleted),
    ("recoverable", .softDeleted), ("deleted", .deletedItems), ("fail", .failed),
    ("drop", .dropped), ("unknown", .unknown),
  ]

  /// Whether actions reach it: it is in a mailbox of the cloud or in quarantine.
  public var isActionable: Bool {
    switch self {
    case .inbox, .junk, .deletedItems, .softDeleted, .quarantine: true
    case .hardDeleted, .external, .failed, .dropped, .unknown: false
    }
  }

  /// Whether its reader no longer finds it without help.
  var isOutOfReach: Bool {
    switch self {
    case .softDeleted, .hardDeleted, .quarantine: true
    default: false
    }
  }

  /// Why no action reaches it.
  var refusal: String {
    switch self {
    case .hardDeleted: "the mail is deleted for good"
    case .external: "the mail is not in a mailbox of the cloud, but on premises or external"
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

  /// The product's words for it in mail events.
  var eventText: String {
    switch self {
    case .inbox: "Inbox/folder"
    case .junk: "Junk folder"
    case .deletedItems: "Deleted items"
    default: rawValue
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
