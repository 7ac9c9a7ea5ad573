import Alerts
import Columnar
import DetectionRules

/// Finds what an alert may share with others.
///
/// Only identifiers that tell one thing from all others count: no names of hosts without a domain,
/// no accounts that every machine has, no addresses of private networks, no process ids.
struct CorrelationKeys {
  private(set) var keys: Set<CorrelationKey> = []

  init(_ evidence: some Sequence<Evidence>) {
    for item in evidence { add(item) }
  }

  private mutating func add(_ item: Evidence) {
    switch EntityKind(rawValue: item.kind) {
    case .account: addAccount(item)
    case .mailbox:
      add(.user, item["MailboxPrimaryAddress"] ?? item["Upn"])
    case .host: addHost(item)
    case .mailMessage: addMail(item)
    case .url: addURL(item["Url"])
    case .file, .process:
      add(.file, item["SHA256"])
      add(.file, item["SHA1"])
    case .fileHash: add(.file, item["Value"])
    case .ip: addAddress(item["Address"])
    case .oAuthApplication: add(.application, item["OAuthAppId"])
    case .dns: add(.domain, item["DomainName"])
    default: break
    }
  }

  private mutating func add(_ kind: CorrelationKey.Kind, _ value: String?) {
    guard let value, !value.isEmpty, value.utf8.count <= Self.longestValue else { return }
    keys.insert(CorrelationKey(kind, value.lowercased()))
  }

  private mutating func addAccount(_ item: Evidence) {
    let name = (item["Name"] ?? item["FullName"] ?? "").lowercased()
    if Self.genericNames.contains(name) || name.hasSuffix("$") { return }
    if let sid = item["Sid"], Self.isWellKnown(sid) { return }
    if let full = item["FullName"], full.contains("@") { add(.user, full) }
    if let name = item["Name"], let suffix = item["UPNSuffix"] {
      add(.user, name + "@" + suffix)
    } else if let name = item["Name"], name.contains("@") {
      add(.user, name)
    }
    add(.user, item["AadUserId"])
    add(.user, item["Sid"])
  }

  /// Accounts of Windows itself, and the built-in administrator and guest of every domain.
  private static func isWellKnown(_ sid: String) -> Bool {
    if ["S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-7"].contains(sid) { return true }
    return sid.hasPrefix("S-1-5-32-") || sid.hasSuffix("-500") || sid.hasSuffix("-501")
  }

  private mutating func addHost(_ item: Evidence) {
    add(.device, item["DeviceId"] ?? item["AzureID"])
    if let full = item["FullName"], full.contains(".") {
      add(.device, full)
    } else if let name = item["HostName"], let domain = item["DnsDomain"] {
      add(.device, name + "." + domain)
    }
  }

  private mutating func addMail(_ item: Evidence) {
    add(.mail, item["NetworkMessageId"])
    add(.user, item["Recipient"])
    let sender = item["P1Sender"] ?? item["Sender"] ?? item["P2Sender"]
    add(.sender, sender)
    if let sender, let subject = item["Subject"], !subject.isEmpty {
      add(.campaign, sender + "\u{1F}" + subject)
    }
    addAddress(item["SenderIP"])
  }

  private mutating func addURL(_ url: String?) {
    guard let url, !url.isEmpty else { return }
    add(.url, url)
    let parts = url.split(separator: "/", omittingEmptySubsequences: true)
    let hasScheme = parts.first?.hasSuffix(":") ?? false
    let behind = parts.dropFirst(hasScheme ? 1 : 0).first ?? ""
    let host = behind.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    if host.contains(".") { add(.domain, String(host)) }
  }

  private mutating func addAddress(_ address: String?) {
    guard let address, Self.isPublic(address) else { return }
    add(.address, address)
  }

  /// Whether an address is one of the Internet.
  static func isPublic(_ address: String) -> Bool {
    let numbers = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    if numbers.count == 4, let first = numbers[0], let second = numbers[1] {
      switch (first, second) {
      case (0, _), (10, _), (127, _), (169, 254), (192, 168), (224..., _): return false
      case (172, 16...31), (100, 64...127): return false
      default: return true
      }
    }
    let letters = address.lowercased()
    guard letters.contains(":"), letters.count > 3 else { return false }
    return !["fe8", "fe9", "fea", "feb", "fc", "fd", "ff", "::1", "::"].contains {
      $0.hasPrefix("::") ? letters == $0 : letters.hasPrefix($0)
    }
  }

  /// Longer ones are no identifiers.
  private static let longestValue = 2_048

  private static let genericNames: Set<String> = [
    "admin", "administrator", "system", "root", "anonymous", "authenticated user", "network",
    "null", "local system", "localsystem", "network service", "local service", "guest",
    "anonymous logon", "defaultaccount", "nt authority\\system", "everyone", "krbtgt",
  ]
}
