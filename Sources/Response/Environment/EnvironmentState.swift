/// A mail in a mailbox; ids and addresses are in small letters.
public struct EnvironmentMail: Sendable, Equatable {
  public var message: String
  public var recipient: String
  public var sender = ""
  public var subject = ""
  public var direction = ""
  public var location: MailLocation
  /// The ticks since when it is there.
  public var changed: Int64
  /// Where the copy of its sender is; nil where the sender is somebody else's.
  public var copy: SentItemLocation?
  /// What the allow/block list is asked about where the mail arrives; it is not kept.
  public var arriving = ArrivingMail()
}

extension EnvironmentMail {
  /// The mail as a tenant's allow/block list lets it arrive.
  public func delivered(by filter: DeliveryFilter) -> EnvironmentMail {
    var mail = self
    mail.location = filter.effect(on: arriving).location ?? location
    return mail
  }
}

extension EnvironmentItem {
  /// A mail as the list lets it arrive; all else as it is.
  public func delivered(by filter: DeliveryFilter) -> EnvironmentItem {
    guard case .mail(let mail) = self else { return self }
    return .mail(mail.delivered(by: filter))
  }
}

/// A device.
public struct EnvironmentDevice: Sendable, Equatable {
  public var id: String
  public var name = ""
  /// `full`, `selective` or empty.
  public var isolation = ""
  public var isContained = false
  public var isRestricted = false
  public var lastScan: Int64?
  public var lastPackage: Int64?
  /// Hashes of the files in quarantine there.
  public var quarantined: [String] = []
}

/// A user.
public struct EnvironmentIdentity: Sendable, Equatable {
  public var sid = ""
  public var objectID = ""
  public var upn = ""
  public var isEnabled = true
  public var needsPassword = false
  public var risk = "none"
}

/// A rule of a mailbox.
public struct EnvironmentRule: Sendable, Equatable {
  public var mailbox: String
  public var name: String
  public var description = ""
}

/// A consent by which an OAuth app acts for a user, or for all of the organization.
public struct EnvironmentConsent: Sendable, Equatable {
  public var app: String
  public var name = ""
  /// The user principal name; empty for the consent of the organization.
  public var user = ""
  public var isGranted = true
  /// The ticks since when it is so.
  public var changed: Int64

  /// Whose it is, in Graph's words.
  public var type: String { user.isEmpty ? "AllPrincipals" : "Principal" }
}
