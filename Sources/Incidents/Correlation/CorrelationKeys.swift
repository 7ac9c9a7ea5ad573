import Alerts
import Columnar
import DetectionRules

/// Finds what an alert may share with others.
///
/// Only identifiers that tell one thing from all others count: no names of hosts without a domain,
/// no accounts that every machine has, no addresses of private networks, no process ids, no files
/// that came with the system or with a program that was installed.
struct CorrelationKeys: Sendable {
  /// A user or a device by all the names that the alert has for it.
  struct Asset: Hashable, Sendable {
    let kind: CorrelationKey.Kind
    var names: Set<String>
  }

  /// What is no user and no device.
  let keys: Set<CorrelationKey>
  /// Those of them that are malicious, so that they are never routine.
  let malicious: Set<CorrelationKey>
  /// Users and devices, none of which has a name of another.
  let assets: [Asset]

  init(_ evidence: some Sequence<Evidence>) {
    var finding = KeyFinding()
    for item in evidence { finding.add(item) }
    keys = finding.keys
    malicious = finding.malicious
    assets = finding.joining.groups.compactMap { group in
      group.first.map { Asset(kind: $0.kind, names: Set(group.map(\.value))) }
    }
  }
}

/// Goes through the evidence of an alert.
private struct KeyFinding {
  var keys: Set<CorrelationKey> = []
  var malicious: Set<CorrelationKey> = []
  var joining = NameJoining<CorrelationKey>()

  mutating func add(_ item: Evidence) {
    switch EntityKind(rawValue: item.kind) {
    case .account: addAccount(item)
    case .mailbox: addAsset(.user, [item["MailboxPrimaryAddress"], item["Upn"]])
    case .host: addAsset(.device, AssetNames.device(item))
    case .mailMessage: addMail(item)
    case .url: addURL(item["Url"])
    case .file, .process:
      addFile(item)
    case .fileHash: add(.file, item["Value"])
    case .ip: addAddress(item["Address"])
    case .oAuthApplication: add(.application, item["OAuthAppId"])
    case .dns: add(.domain, item["DomainName"])
    default: break
    }
  }

  private mutating func add(_ kind: CorrelationKey.Kind, _ value: String?) {
    guard let value = Self.usable(value) else { return }
    keys.insert(CorrelationKey(kind, value))
  }

  private mutating func addFile(_ item: Evidence) {
    guard let hash = Self.usable(item["SHA256"] ?? item["SHA1"]) else { return }
    let key = CorrelationKey(.file, hash)
    if item.verdict == "malicious" {
      malicious.insert(key)
    } else if SystemFolder.holds(item["Directory"]) {
      return
    }
    keys.insert(key)
  }

  private static func usable(_ value: String?) -> String? {
    guard let value, !value.isEmpty, value.utf8.count <= longestValue else { return nil }
    return value.lowercased()
  }

  /// Adds a user or device; those that have a name in common are one.
  private mutating func addAsset(_ kind: CorrelationKey.Kind, _ names: [String?]) {
    joining.add(names.compactMap(Self.usable).map { CorrelationKey(kind, $0) })
  }

  private mutating func addAccount(_ item: Evidence) {
    if CorrelationKeys.isOfEveryDomain(item) { return }
    addAsset(.user, [item["AadUserId"], item["Sid"]] + AssetNames.upns(of: item))
  }

  private mutating func addMail(_ item: Evidence) {
    add(.mail, item["NetworkMessageId"])
    addAsset(.user, [item["Recipient"]])
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
    guard let address, PublicAddress.holds(address) else { return }
    add(.address, address)
  }

  /// Longer ones are no identifiers.
  private static let longestValue = 2_048
}

extension CorrelationKeys {
  /// Whether an account is one that every machine or domain has, or that of a machine, and so
  /// tells nobody.
  static func isOfEveryDomain(_ account: Evidence) -> Bool {
    let name = (account["Name"] ?? account["FullName"] ?? "").lowercased()
    if genericNames.contains(name) || name.hasSuffix("$") { return true }
    return account["Sid"].map(isWellKnown) ?? false
  }

  /// Accounts of Windows itself, and the built-in administrator and guest of every domain.
  private static func isWellKnown(_ sid: String) -> Bool {
    AssetNames.isOfEveryMachine(sid) || sid.hasSuffix("-500") || sid.hasSuffix("-501")
  }

  private static let genericNames: Set<String> = [
    "admin", "administrator", "system", "root", "anonymous", "authenticated user", "network",
    "null", "local system", "localsystem", "network service", "local service", "guest",
    "anonymous logon", "defaultaccount", "nt authority\\system", "everyone", "krbtgt",
  ]
}
