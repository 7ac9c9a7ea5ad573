import Columnar

/// A process that ran.
struct ProcessArtifact: Sendable {
  let file: FileArtifact
  let commandLine: String
  let id: Int
  let created: DateTime
  let account: Account
  let parent: FileArtifact
  let parentId: Int
}

/// What all mails of one sending share.
struct MailContent: Sendable {
  let sender: String
  let senderName: String
  let senderAddress: String
  let subject: String
  let urls: [String]
  var authentication = MailAuthentication.passed
}

/// What the receiver found when it asked whether the sender's domain vouches for a mail.
enum MailAuthentication: Sendable {
  case passed
  /// The domain has no policy, as those made for an attack and those of small firms.
  case noPolicy

  /// As EmailEvents has it.
  var text: String {
    let (signature, policy) =
      switch self {
      case .passed: ("pass", "pass")
      case .noPolicy: ("none", "none")
      }
    return JSONValue.object([
      ("SPF", "pass"), ("DKIM", .text(signature)), ("DMARC", .text(policy)),
      ("CompAuth", .text(policy)),
    ]).text
  }
}

/// A mail to one recipient.
struct MailArtifact: Sendable {
  let networkMessageId: String
  let internetMessageId: String
  let content: MailContent
  let recipient: Account
  let received: DateTime

  var sender: String { content.sender }
  var urls: [String] { content.urls }
  var senderDomain: String { sender.split(separator: "@").last.map(String.init) ?? sender }
  var recipientAddress: String { recipient.mailbox ?? recipient.name }
}

/// An application of the cloud, by the number that Defender for Cloud Apps gives it.
struct CloudApp: Sendable {
  let id: Int64
  let name: String

  static let exchange = CloudApp(id: 20893, name: "Microsoft Exchange Online")
  static let sharePoint = CloudApp(id: 20892, name: "Microsoft SharePoint Online")
  static let office = CloudApp(id: 11161, name: "Microsoft 365")
}

/// An application that users allow to act for them.
struct OAuthApp: Sendable {
  let appId: String
  let objectId: String
  let name: String
  let publisher: String
  var permissions = ["Mail.Read", "Mail.Send", "Files.Read.All", "offline_access"]
  var privilege = "High"
  /// Whether somebody checked who publishes it.
  var isVerified = false
  /// Whether the tenant made it for itself.
  var isInternal = false
}
