import Alerts
import DetectionRules
import Incidents

/// What the evidence of an alert names, in the words of investigations.
enum AlertEntities {
  /// - Parameters:
  ///   - known: kinds of what the alert says to be malicious by its nature.
  ///   - threat: what was found in its mails then.
  static func entities(
    of evidence: [Evidence],
    known: Set<InvestigationEntity.Kind> = [],
    threat: String = ""
  ) -> [InvestigationEntity] {
    evidence.compactMap { item in
      guard let (kind, identifiers) = entity(item) else { return nil }
      let isKnown = known.contains(kind)
      return InvestigationEntity(
        kind,
        identifiers,
        verdict: isKnown ? .malicious : verdict(of: item, kind),
        origin: "alert",
        facts: kind == .mail && isKnown ? ["threat": threat] : [:]
      )
    }
  }

  /// What an alert knows, stands. Whom it happened to is to be found out.
  private static func verdict(
    of item: Evidence,
    _ kind: InvestigationEntity.Kind
  ) -> EntityVerdict {
    switch kind {
    case .url, .file, .ip, .app:
      item.verdict == "suspicious" ? .suspicious : isMalicious(item)
    case .mail, .user, .device, .inboxRule: isMalicious(item)
    }
  }

  private static func isMalicious(_ item: Evidence) -> EntityVerdict {
    item.verdict == "malicious" ? .malicious : .unknown
  }

  /// What tells something in investigations; nil for what they do not look at.
  static func entity(
    _ item: Evidence
  ) -> (InvestigationEntity.Kind, [(String, String)])? {
    guard let kind = EntityKind(rawValue: item.kind) else { return nil }
    func value(_ names: String...) -> String? {
      names.lazy.compactMap { name in item.identifiers.first { $0.name == name }?.value }.first
    }
    switch kind {
    case .mailMessage, .submissionMail:
      guard let id = value("NetworkMessageId") else { return nil }
      let recipient = value("Recipient").map { [("recipientEmailAddress", $0.lowercased())] }
      return (.mail, [("networkMessageId", id)] + (recipient ?? []))
    case .account, .mailbox:
      return address(item, value).map { (.user, [("accountUpn", $0.lowercased())]) }
    case .host: return value("DeviceId").map { (.device, [("deviceId", $0)]) }
    case .file, .fileHash:
      guard let hash = value("SHA256", "SHA1", "Value")?.lowercased() else { return nil }
      switch hash.utf8.count {
      case 64: return (.file, [("sha256", hash)])
      case 40: return (.file, [("sha1", hash)])
      default: return nil
      }
    case .url: return value("Url").map { (.url, [("url", $0)]) }
    case .ip: return value("Address").map { (.ip, [("address", $0)]) }
    case .oAuthApplication: return value("OAuthAppId").map { (.app, [("appId", $0)]) }
    default: return nil
    }
  }

  /// Whether evidence of an alert names something.
  static func isAbout(_ item: Evidence, _ found: InvestigationEntity) -> Bool {
    guard let (kind, identifiers) = entity(item), kind == found.kind else { return false }
    let wanted = identifiers.map { Entity.Identifier(name: $0.0, value: $0.1) }
    return wanted.allSatisfy { found.identifiers.contains($0) }
  }

  private static func address(_ item: Evidence, _ value: (String...) -> String?) -> String? {
    if let name = value("MailboxPrimaryAddress", "Upn", "FullName"), name.contains("@") {
      return name
    }
    guard let name = value("Name"), let suffix = value("UPNSuffix") else { return nil }
    return name + "@" + suffix
  }
}
