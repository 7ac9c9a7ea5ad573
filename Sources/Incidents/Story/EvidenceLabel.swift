import Alerts
import DetectionRules

/// What people call some evidence.
enum EvidenceLabel {
  /// The identifiers that are shown, the best first; any other where none of them is known.
  static func text(of item: Evidence) -> String {
    if item.kind == EntityKind.file.rawValue, let name = item["Name"] { return name }
    if item.kind == EntityKind.mailMessage.rawValue { return mail(item) }
    for names in named[item.kind] ?? [] {
      let values = names.compactMap { item[$0] }
      if values.count == names.count { return values.joined(separator: "@") }
    }
    return item.identifiers.first?.value ?? item.kind
  }

  /// The mails of a campaign have one subject; who got each tells it from the others.
  private static func mail(_ item: Evidence) -> String {
    let names = [item["Subject"] ?? item["NetworkMessageId"], item["Recipient"]].compactMap(\.self)
    return names.isEmpty
      ? item.identifiers.first?.value ?? item.kind : names.joined(separator: " to ")
  }

  private static let named: [String: [[String]]] = [
    EntityKind.account.rawValue: [
      ["FullName"], ["Name", "UPNSuffix"], ["Name"], ["AadUserId"], ["Sid"],
    ],
    EntityKind.host.rawValue: [["FullName"], ["HostName"], ["DeviceId"], ["AzureID"]],
    EntityKind.mailbox.rawValue: [["MailboxPrimaryAddress"], ["Upn"]],
    EntityKind.process.rawValue: [["CommandLine"], ["Name"], ["SHA256"], ["SHA1"]],
    EntityKind.file.rawValue: [["SHA256"], ["SHA1"]],
    EntityKind.fileHash.rawValue: [["Value"]],
    EntityKind.url.rawValue: [["Url"]],
    EntityKind.ip.rawValue: [["Address"]],
    EntityKind.oAuthApplication.rawValue: [["Name"], ["OAuthAppId"]],
    EntityKind.cloudApplication.rawValue: [["Name"], ["AppId"]],
  ]
}
