import Alerts
import Columnar
import DetectionRules

/// Finds what an alert may share with others.
///
/// Only identifiers that tell one thing from all others count: no names of hosts without a domain,
/// no accounts that every machine has, no addresses of private networks, no process ids, no files
/// that came with the system or with a program that was installed.
struct CorrelationKeys {
  /// A user or a device by all the names that the alert has for it.
  struct Asset: Hashable {
    let kind: CorrelationKey.Kind
    var names: Set<String>
  }

  /// What is no user and no device.
  private(set) var keys: Set<CorrelationKey> = []
  /// Those of them that are malicious, so that they are never routine.
  private(set) var malicious: Set<CorrelationKey> = []
  /// Users and devices, none of which has a name of another.
  private(set) var assets: [Asset] = []

  init(_ evidence: some Sequence<Evidence>) {
    for item in evidence { add(item) }
  }

  private mutating func add(_ item: Evidence) {
    switch EntityKind(rawValue: item.kind) {
    case .account: addAccount(item)
    case .mailbox: addAsset(.user, [item["MailboxPrimaryAddress"], item["Upn"]])
    case .host: addHost(item)
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
    var asset = Asset(kind: kind, names: Set(names.compactMap(Self.usable)))
    if asset.names.isEmpty { return }
    let known = assets.filter { $0.kind == kind && !$0.names.isDisjoint(with: asset.names) }
    for other in known { asset.names.formUnion(other.names) }
    assets.removeAll { known.contains($0) }
    assets.append(asset)
  }

  private mutating func addAccount(_ item: Evidence) {
    let name = (item["Name"] ?? item["FullName"] ?? "").lowercased()
    if Self.genericNames.contains(name) || name.hasSuffix("$") { return }
    if let sid = item["Sid"], Self.isWellKnown(sid) { return }
    var names = [item["AadUserId"], item["Sid"]]
    if let full = item["FullName"], full.contains("@") { names.append(full) }
    if let name = item["Name"], let suffix = item["UPNSuffix"] {
      names.append(name + "@" + suffix)
    } else if let name = item["Name"], name.contains("@") {
      names.append(name)
    }
    addAsset(.user, names)
  }

  /// Accounts of Windows itself, and the built-in administrator and guest of every domain.
  private static func isWellKnown(_ sid: String) -> Bool {
    if ["S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-7"].contains(sid) { return true }
    return sid.hasPrefix("S-1-5-32-") || sid.hasSuffix("-500") || sid.hasSuffix("-501")
  }

  private mutating func addHost(_ item: Evidence) {
    var names = [item["DeviceId"], item["AzureID"]]
    if let full = item["FullName"], full.contains(".") {
      names.append(full)
    } else if let name = item["HostName"], let domain = item["DnsDomain"] {
      names.append(name + "." + domain)
    }
    addAsset(.device, names)
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

  private static let genericNames: Set<String> = [
    "admin", "administrator", "system", "root", "anonymous", "authenticated user", "network",
    "null", "local system", "localsystem", "network service", "local service", "guest",
    "anonymous logon", "defaultaccount", "nt authority\\system", "everyone", "krbtgt",
  ]
}
