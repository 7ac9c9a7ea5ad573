import Alerts
public import Columnar
import DetectionRules
import Hunting

/// What the tables of mails say of one, for the report of an incident.
public struct MailFacts: Sendable, Hashable {
  public let networkMessageId: String
  public let recipient: String
  public let sender: String
  public let subject: String
  public let sent: DateTime?

  public init(
    networkMessageId: String,
    recipient: String,
    sender: String,
    subject: String,
    sent: DateTime?
  ) {
    self.networkMessageId = networkMessageId
    self.recipient = recipient
    self.sender = sender
    self.subject = subject
    self.sent = sent
  }
}

/// A mail of an incident: what alerts say of it, completed by what the tables do.
struct ReportMail {
  let networkMessageId: String
  let recipient: String
  let sender: String
  let subject: String
  /// When it was sent, or, where only an alert knows, received.
  let sent: DateTime?
  let evidence: IncidentEvidence

  /// - Parameter item: evidence of a mail.
  init(_ item: IncidentEvidence, _ facts: MailBook) {
    let evidence = item.evidence
    let id = evidence["NetworkMessageId"] ?? ""
    let told = evidence["Recipient"] ?? ""
    let known = facts.copies(of: id, recipient: told)
    let first = known.first
    networkMessageId = id
    recipient = told.isEmpty ? Self.short(known.map(\.recipient)) : told
    sender =
      ["P2Sender", "P1Sender", "Sender"].lazy.compactMap { evidence[$0] }.first
      ?? first?.sender ?? ""
    subject = evidence["Subject"] ?? first?.subject ?? ""
    sent =
      first?.sent ?? evidence["ReceivedDate"].flatMap { DateTime(parsing: Array($0.utf8)) }
    self.evidence = item
  }

  /// A few, and how many more there are.
  private static func short(_ recipients: [String]) -> String {
    let more = recipients.count - 5
    return (recipients.prefix(5) + (more > 0 ? ["+\(more)"] : [])).joined(separator: ", ")
  }

  static let columns = [
    "Sent", "Sender", "Recipient", "Subject", "Network message id", "Verdict", "Remediation",
    "Alerts",
  ]

  var row: [String] {
    [
      sent?.text ?? "", sender, recipient, subject, networkMessageId, evidence.evidence.verdict,
      evidence.evidence.remediation, "\(evidence.alerts.count)",
    ]
  }

  var fields: Fields {
    [
      ("Sent", .time(sent)), ("Sender", .text(sender)), ("Recipient", .text(recipient)),
      ("Subject", .text(subject)), ("NetworkMessageId", .text(networkMessageId)),
      ("Verdict", .text(evidence.evidence.verdict)),
      ("Remediation", .text(evidence.evidence.remediation)), ("Alerts", .texts(evidence.alerts)),
    ]
  }
}

/// What the tables of mails say, by mail and recipient.
struct MailBook {
  private let mails: [String: [MailFacts]]

  init(_ mails: [MailFacts]) {
    self.mails = Dictionary(grouping: mails, by: \.networkMessageId)
  }

  /// The copy of a recipient, or all of them where none is named.
  func copies(of id: String, recipient: String) -> [MailFacts] {
    let all = mails[id] ?? []
    if recipient.isEmpty { return all }
    let recipient = recipient.lowercased()
    let own = all.filter { $0.recipient.lowercased() == recipient }
    // Sender, subject and time are those of every copy.
    return own.isEmpty ? all : own
  }
}

extension IncidentDetails {
  /// The ids of the mails that its alerts tell of, in alphabetical order.
  public var networkMessageIds: [String] {
    Set(mails.compactMap { $0.evidence["NetworkMessageId"] }).sorted()
  }

  /// The mails that its alerts tell of, each copy of a recipient once, whatever else alerts say of
  /// it.
  var mails: [IncidentEvidence] {
    let kinds = [EntityKind.mailMessage, .submissionMail].map(\.rawValue)
    return distinct(
      AssetGroups(evidence.map(\.evidence)) { item in
        if !kinds.contains(item.kind) { return nil }
        return item.mailNames.isEmpty ? item.names(isGraph: false) : item.mailNames
      }
    )
  }
}
