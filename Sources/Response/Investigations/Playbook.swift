/// A list of steps that an investigation goes through.
public enum Playbook: String, Sendable, CaseIterable {
  case phishingMail, zappedMail, clickedURL, suspiciousSending, compromisedUser, passwordSpray
  case appConsent, deviceMalware

  /// What it is about, in a line.
  public var about: String {
    switch self {
    case .phishingMail: "a mail that somebody reports, and all like it"
    case .zappedMail: "mails that were removed after delivery, and all like them"
    case .clickedURL: "an address that somebody clicked, the mails that led there, the user"
    case .suspiciousSending: "a user who sends mails in an odd way"
    case .compromisedUser: "a user whose account somebody else may have"
    case .passwordSpray: "addresses that try passwords of many users, and who lost theirs"
    case .appConsent: "an app to which users gave access"
    case .deviceMalware: "malware on a device, and where else it is"
    }
  }

  /// The steps in order. The first gathers what the alert is about: where it finds nothing, the
  /// investigation does not say that there is no threat.
  public var steps: [InvestigationQuery] {
    switch self {
    case .phishingMail, .zappedMail, .clickedURL: MailQueries.all + UserQueries.afterMail
    case .suspiciousSending, .compromisedUser: UserQueries.compromise
    case .passwordSpray: SprayQueries.all
    case .appConsent: ConsentQueries.all
    case .deviceMalware: DeviceQueries.all
    }
  }

  /// The tables on which it rests that there is no threat; of those that stand together one will
  /// do. What follows threats, such as clicks and files on devices, is not among them.
  var decisiveTables: [[String]] {
    switch self {
    case .phishingMail, .zappedMail, .clickedURL:
      [["EmailEvents"], ["EmailUrlInfo"], ["EmailAttachmentInfo"]]
    case .suspiciousSending, .compromisedUser: [UserQueries.logonTables, ["CloudAppEvents"]]
    case .passwordSpray: [UserQueries.logonTables + ["IdentityLogonEvents"]]
    case .appConsent: [["CloudAppEvents"], ["OAuthAppInfo"]]
    case .deviceMalware: [["DeviceEvents"]]
    }
  }
}

/// An alert that starts a playbook.
public struct PlaybookTrigger: Sendable, Equatable {
  public let playbook: Playbook
  public let kind: InvestigationKind
  /// The whole title in any letter case; nil for any.
  public let title: String?
  /// The service as AlertInfo writes it; nil for any.
  public let service: String?
  /// The category; nil for any.
  public let category: String?
  /// What such an alert says to be malicious of the things that it names, by its nature.
  let known: Set<InvestigationEntity.Kind>

  init(
    _ playbook: Playbook,
    _ kind: InvestigationKind,
    title: String? = nil,
    service: String? = nil,
    category: String? = nil,
    known: Set<InvestigationEntity.Kind>? = nil
  ) {
    self.playbook = playbook
    self.kind = kind
    self.title = title
    self.service = service
    self.category = category
    self.known = known ?? kind.known
  }

  func matches(title: String, service: String, category: String) -> Bool {
    func isSame(_ wanted: String?, _ found: String) -> Bool {
      wanted.map { $0.lowercased() == found.lowercased() } ?? true
    }
    return isSame(self.title, title) && isSame(self.service, service)
      && isSame(self.category, category)
  }

  /// The first that an alert matches.
  static func first(title: String, service: String, category: String) -> PlaybookTrigger? {
    all.first { $0.matches(title: title, service: service, category: category) }
  }

  private static let office = "Microsoft Defender for Office 365"

  /// Alerts that start a playbook; no others do.
  public static let all: [PlaybookTrigger] = mail + users + packs + devices

  private static let mail: [PlaybookTrigger] = [
    office(.clickedURL, .verdictChange, "A potentially malicious URL click was detected"),
    office(
      .phishingMail,
      .userReported,
      "An email message is reported by a user as malware or phish"
    ),
    office(.phishingMail, .userReported, "Email reported by user as malware or phish"),
    office(
      .zappedMail,
      .zappedFile,
      "Email messages containing malicious file removed after delivery"
    ),
    office(
      .zappedMail,
      .zappedFile,
      "Email messages containing malware removed after delivery"
    ),
    office(
      .zappedMail,
      .zappedURL,
      "Email messages containing malicious URL removed after delivery"
    ),
    office(
      .zappedMail,
      .zappedURL,
      "Email messages containing phish URLs removed after delivery"
    ),
    office(.zappedMail, .zappedURL, "Email messages from a campaign removed after delivery"),
    office(.suspiciousSending, .userCompromised, "Suspicious email sending patterns are detected"),
    office(.suspiciousSending, .userCompromised, "Suspicious email sending patterns detected"),
    office(.suspiciousSending, .userCompromised, "A user is restricted from sending email"),
    office(.suspiciousSending, .userCompromised, "User restricted from sending email"),
    office(.phishingMail, .manual, ManualAlert.mailTitle),
    office(.compromisedUser, .userCompromised, ManualAlert.userTitle),
  ]

  private static let users: [PlaybookTrigger] = [
    PlaybookTrigger(.passwordSpray, .passwordSpray, title: "Password spray"),
    PlaybookTrigger(.passwordSpray, .passwordSpray, title: "Password spray attack"),
    PlaybookTrigger(.passwordSpray, .passwordSpray, title: "Possible password spray"),
    PlaybookTrigger(
      .passwordSpray,
      .passwordSpray,
      title: "Suspected brute-force attack (Kerberos, NTLM)"
    ),
    PlaybookTrigger(
      .appConsent,
      .appConsent,
      title: "Malicious OAuth app consent",
      known: [.app]
    ),
    PlaybookTrigger(.appConsent, .appConsent, title: "Suspicious OAuth app consent"),
    PlaybookTrigger(
      .appConsent,
      .appConsent,
      title: "Unusual consent to an app with broad mail permissions"
    ),
    PlaybookTrigger(.appConsent, .appConsent, title: "Misleading OAuth app name"),
    PlaybookTrigger(
      .appConsent,
      .appConsent,
      title: "Misleading publisher name for an OAuth app"
    ),
  ]

  /// Alerts of the rules that are shipped in packs, and of all others that have these titles.
  private static let packs: [PlaybookTrigger] = [
    PlaybookTrigger(
      .clickedURL,
      .verdictChange,
      title: "A link that an unproven sender sent to several people was clicked"
    ),
    PlaybookTrigger(
      .zappedMail,
      .zappedURL,
      title: "A mail was removed after its link had been clicked"
    ),
    PlaybookTrigger(
      .passwordSpray,
      .passwordSpray,
      title: "Passwords of many accounts were tried from one address"
    ),
    PlaybookTrigger(
      .passwordSpray,
      .passwordSpray,
      title: "Sign-in from an address that tried passwords of many accounts"
    ),
    PlaybookTrigger(
      .appConsent,
      .appConsent,
      title: "Access given to a powerful app that nobody vouches for"
    ),
    PlaybookTrigger(
      .appConsent,
      .appConsent,
      title: "A powerful app that nobody vouches for reads mail"
    ),
  ]

  private static let endpoint = "Microsoft Defender for Endpoint"

  private static let devices: [PlaybookTrigger] = [
    PlaybookTrigger(.deviceMalware, .manual, title: ManualAlert.deviceTitle, service: endpoint),
    PlaybookTrigger(.deviceMalware, .deviceMalware, service: endpoint, category: "Malware"),
    PlaybookTrigger(.deviceMalware, .deviceMalware, service: endpoint, category: "Ransomware"),
  ]

  private static func office(
    _ playbook: Playbook,
    _ kind: InvestigationKind,
    _ title: String
  ) -> PlaybookTrigger {
    PlaybookTrigger(playbook, kind, title: title, service: office)
  }
}

extension InvestigationKind {
  /// What alerts of the kind are about because it was found to be malicious.
  fileprivate var known: Set<InvestigationEntity.Kind> {
    switch self {
    case .zappedFile: [.mail, .file]
    case .zappedURL: [.mail, .url]
    case .verdictChange: [.url]
    case .passwordSpray: [.ip]
    case .deviceMalware: [.file]
    case .manual, .userReported, .userCompromised, .appConsent, .rule: []
    }
  }

  /// What was found in mails that are malicious for that reason.
  var threat: String {
    switch self {
    case .zappedFile: "malware"
    case .zappedURL: "maliciousUrl"
    default: ""
    }
  }
}
