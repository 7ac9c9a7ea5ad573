/// Where an action is in its life.
public enum ActionStatus: String, Sendable, CaseIterable {
  /// Somebody is to approve or reject it.
  case pending
  /// It is approved and waits until other remediations of mails make room for it.
  case queued
  /// It waits to be executed.
  case approved
  /// It was handed to a connector whose answer is not known yet.
  case running
  case completed, failed, rejected
  /// Nobody decided within a week.
  case expired
  /// Somebody else did it before.
  case alreadyRemediated
  case alreadyInDestination
  /// The process ended while the connector worked, and the connector cannot tell what it did.
  case mayHaveRun

  public var isOpen: Bool {
    switch self {
    case .pending, .queued, .approved, .running: true
    default: false
    }
  }

  /// What an action may become next.
  public var next: Set<ActionStatus> {
    switch self {
    case .pending: [.approved, .queued, .rejected, .expired, .alreadyRemediated]
    case .queued: [.approved]
    case .approved: [.running, .alreadyRemediated]
    case .running: [.completed, .failed, .alreadyRemediated, .alreadyInDestination, .mayHaveRun]
    case .failed: [.approved, .queued]
    case .mayHaveRun: [.completed, .failed]
    case .completed, .rejected, .expired, .alreadyRemediated, .alreadyInDestination: []
    }
  }
}

/// Who asked for an action, in the words of the action centre.
public enum ActionSource: String, Sendable, CaseIterable {
  case manualDevice = "Manual device action"
  case manualEmail = "Manual email action"
  case automatedDevice = "Automated device action"
  case automatedEmail = "Automated email action"
  case advancedHunting = "Advanced hunting action"
  case explorer = "Explorer action"
  case manualLiveResponse = "Manual live response action"
  case liveResponse = "Live response action"
  /// Actions on identities and the access that they gave apps, of which the product has no words.
  case manualUser = "Manual user action"
  case automatedUser = "Automated user action"
  /// What a detection rule asks for when it raises an alert.
  case customDetection = "Custom detection action"

  /// What somebody asks for by hand.
  public static func manual(_ kind: ActionKind) -> ActionSource {
    switch kind.subject {
    case .mail, .mailbox, .sender, .url: .manualEmail
    case .user, .app: .manualUser
    case .device, .file: .manualDevice
    }
  }

  /// What an investigation asks for.
  public static func automated(_ kind: ActionKind) -> ActionSource {
    switch kind.subject {
    case .mail, .mailbox, .sender, .url: .automatedEmail
    case .user, .app: .automatedUser
    case .device, .file: .automatedDevice
    }
  }
}
