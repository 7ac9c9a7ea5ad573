public import StructuredText

/// An action that a rule asks for when it raises an alert; the action centre runs it, never the
/// rule.
public struct ResponseAction: Sendable, Equatable {
  /// The actions, by the first part of their Graph type.
  public enum Kind: String, Sendable, CaseIterable {
    case isolateDevice, collectInvestigationPackage, runAntivirusScan, initiateInvestigation
    case restrictAppExecution, allowFile, blockFile, stopAndQuarantineFile
    case markUserAsCompromised, disableUser, forceUserPasswordReset
    case moveToInbox, moveToJunk, moveToDeletedItems, softDelete, hardDelete

    /// The key of the newer family's set of actions.
    public var setKey: String {
      switch self {
      case .isolateDevice: "isolateDevices"
      case .collectInvestigationPackage: "collectInvestigationPackages"
      case .runAntivirusScan: "runAntivirusScans"
      case .initiateInvestigation: "initiateInvestigations"
      case .restrictAppExecution: "restrictAppExecutions"
      case .allowFile: "allowFiles"
      case .blockFile: "blockFiles"
      case .stopAndQuarantineFile: "stopAndQuarantineFiles"
      case .markUserAsCompromised: "markUsersAsCompromised"
      case .disableUser: "disableUsers"
      case .forceUserPasswordReset: "forceUserPasswordResets"
      case .moveToInbox: "moveEmailsToInbox"
      case .moveToJunk: "moveEmailsToJunk"
      case .moveToDeletedItems: "moveEmailsToDeletedItems"
      case .softDelete: "softDeleteEmails"
      case .hardDelete: "hardDeleteEmails"
      }
    }

    /// The identifiers that the older family allows.
    public var identifiers: [String] {
      switch self {
      case .isolateDevice, .collectInvestigationPackage, .runAntivirusScan,
        .initiateInvestigation, .restrictAppExecution:
        ["deviceId"]
      case .allowFile, .blockFile:
        ["sha1", "initiatingProcessSHA1", "sha256", "initiatingProcessSHA256"]
      case .stopAndQuarantineFile: ["deviceId", "sha1", "initiatingProcessSHA1"]
      case .markUserAsCompromised:
        [
          "accountObjectId", "initiatingProcessAccountObjectId", "servicePrincipalId",
          "recipientObjectId",
        ]
      case .disableUser, .forceUserPasswordReset:
        ["accountSid", "initiatingProcessAccountSid", "requestAccountSid", "onPremSid"]
      case .moveToInbox, .moveToJunk, .moveToDeletedItems, .softDelete, .hardDelete:
        ["networkMessageId", "recipientEmailAddress"]
      }
    }
  }

  public var kind: Kind
  /// What the action is done to: an identifier of the kind and the column that has it.
  public var targets: [EntityMapping.Identifier]
  /// One of ``isolations``, for the isolation of devices.
  public var isolation: String?
  /// The ways to isolate a device, in Graph's words.
  public static let isolations = ["full", "selective"]
  /// Device groups to which blocking and allowing of files is held; empty for all.
  public var deviceGroups: [String]
  public var place: DocumentPlace

  public init(
    _ kind: Kind,
    targets: [EntityMapping.Identifier],
    isolation: String? = nil,
    deviceGroups: [String] = [],
    at place: DocumentPlace
  ) {
    self.kind = kind
    self.targets = targets
    self.isolation = isolation
    self.deviceGroups = deviceGroups
    self.place = place
  }
}
