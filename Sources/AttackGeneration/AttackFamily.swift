/// The kinds of attack, each written as a story of its own.
public enum AttackFamily: String, Sendable, CaseIterable, Hashable {
  /// Phishing, a payload on a workstation, lateral movement, exfiltration from a server.
  case phishingPayload
  /// Phishing for credentials through a proxy, sign-in, mails to colleagues, download from cloud.
  case phishingCredentials
  /// Password spray, takeover, an inbox rule, fraud by mail.
  case passwordSpray
  /// A consent granted to an application, which then reads mailboxes.
  case consentGrant
  /// Ransomware over exposed remote desktop and a service account.
  case ransomware
  /// A person who leaves and takes data along.
  case insiderDownload

  /// What a family may be used for.
  public enum Purpose: String, Sendable {
    /// Weights and windows of a correlator may be chosen by it.
    case tuning
    /// Only measured on, never looked at while a correlator is made.
    case heldOut
  }

  public var purpose: Purpose {
    switch self {
    case .phishingPayload, .phishingCredentials: .tuning
    case .passwordSpray, .consentGrant, .ransomware, .insiderDownload: .heldOut
    }
  }

  /// The families of a purpose.
  public static func families(for purpose: Purpose) -> Set<AttackFamily> {
    Set(allCases.filter { $0.purpose == purpose })
  }

  /// Writes one attack of the family by an attacker with that infrastructure.
  func tell(_ writer: inout StoryWriter, _ infrastructure: AttackerInfrastructure) {
    switch self {
    case .phishingPayload: PayloadStory.tell(&writer, infrastructure)
    case .phishingCredentials: CredentialStory.tell(&writer, infrastructure)
    case .passwordSpray: SprayStory.tell(&writer, infrastructure)
    case .consentGrant: ConsentStory.tell(&writer, infrastructure)
    case .ransomware: RansomwareStory.tell(&writer, infrastructure)
    case .insiderDownload: InsiderStory.tell(&writer)
    }
  }
}
