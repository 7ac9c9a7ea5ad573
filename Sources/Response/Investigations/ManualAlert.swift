import Columnar
import Crypto
import StructuredText

/// What somebody wants to have investigated by hand.
public enum InvestigationSubject: Sendable, Equatable {
  /// A mail, and whose copy of it; nil for everybody's.
  case mail(id: String, recipient: String?)
  case user(String)
  case device(String)
}

/// The alert that an investigation by hand raises, so that it has an incident.
struct ManualAlert {
  static let mailTitle = "Admin triggered manual investigation of email"
  static let userTitle = "Admin triggered user compromise investigation"
  static let deviceTitle = "Automated investigation started manually"

  let id: String
  let playbook: Playbook
  let kind: InvestigationKind
  let document: DocumentNode

  init(_ subject: InvestigationSubject, by actor: String, at now: DateTime) throws {
    let evidence: String
    let title: String
    let severity: String
    let service: String
    switch subject {
    case .mail(let id, let recipient):
      evidence = Self.evidence(
        "analyzedMessageEvidence",
        [("networkMessageId", id), ("recipientEmailAddress", recipient?.lowercased() ?? "")]
      )
      (playbook, kind) = (.phishingMail, .manual)
      (title, severity, service) = (
        Self.mailTitle, "informational", "microsoftDefenderForOffice365"
      )
    case .user(let name):
      let account = Self.object([("userPrincipalName", name.lowercased())])
      evidence = Self.evidence("userEvidence", [], more: ",\"userAccount\":\(account)")
      (playbook, kind) = (.compromisedUser, .userCompromised)
      (title, severity, service) = (Self.userTitle, "medium", "microsoftDefenderForOffice365")
    case .device(let id):
      evidence = Self.evidence("deviceEvidence", [("mdeDeviceId", id)])
      (playbook, kind) = (.deviceMalware, .manual)
      (title, severity, service) = (
        Self.deviceTitle, "informational", "microsoftDefenderForEndpoint"
      )
    }
    let digest = SHA256.hash(data: Array("\(evidence)\u{0}\(now.ticks)".utf8))
    id = "manual-" + HexDigits.text(digest).prefix(16)
    let members = Self.object([
      ("id", id), ("title", title), ("severity", severity), ("status", "new"),
      ("serviceSource", service), ("detectionSource", "manual"),
      ("description", "\(actor) asked for an investigation."),
      ("createdDateTime", now.text), ("firstActivityDateTime", now.text),
    ])
    let text = members.dropLast() + ",\"evidence\":[\(evidence)]}"
    document = try TextDocument(Array(text.utf8), format: .json).root
  }

  private static func object(_ members: [(String, String)]) -> String {
    let parts = members.filter { !$0.1.isEmpty }.map { name, value in
      JSONDocumentWriter.quoted(name) + ":" + JSONDocumentWriter.quoted(value)
    }
    return "{" + parts.joined(separator: ",") + "}"
  }

  private static func evidence(
    _ type: String,
    _ members: [(String, String)],
    more: String = ""
  ) -> String {
    object([("@odata.type", "#microsoft.graph.security.\(type)")] + members).dropLast() + more + "}"
  }
}
