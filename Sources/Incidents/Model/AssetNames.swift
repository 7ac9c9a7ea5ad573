import Alerts
import DetectionRules

/// Names by which a device, a person or a file is told from all others of its kind.
enum AssetNames {
  static func device(_ item: Evidence) -> [String?] {
    let names = [item["DeviceId"], item["AzureID"]]
    if let full = item["FullName"], full.contains(".") { return names + [full] }
    if let name = item["HostName"], let domain = item["DnsDomain"] {
      return names + [name + "." + domain]
    }
    return names
  }

  /// What logs call a device: its name in full, as far as it is known.
  static func deviceName(_ item: Evidence) -> String? {
    let full = item["FullName"]
    if let full, full.contains(".") { return full }
    guard let host = item["HostName"] ?? full ?? item["NetBiosName"] else { return nil }
    guard let domain = item["DnsDomain"], !domain.isEmpty, !host.contains(".") else { return host }
    return host + "." + domain
  }

  /// Also of accounts that every domain has, such as its administrator; none of those that every
  /// machine has.
  static func user(_ item: Evidence) -> [String?] {
    let sid = item["Sid"].flatMap { isOfEveryMachine($0) ? nil : $0 }
    return [item["AadUserId"], sid] + upns(of: item)
  }

  /// Names with a domain; an account may have two, such as an alias and the name to sign in.
  static func upns(of item: Evidence) -> [String?] {
    let full = item["FullName"].flatMap { $0.contains("@") ? $0 : nil }
    guard let name = item["Name"] else { return [full] }
    if let suffix = item["UPNSuffix"] { return [full, name + "@" + suffix] }
    return name.contains("@") ? [full, name] : [full]
  }

  /// Accounts and groups of Windows itself, which are the same everywhere.
  static func isOfEveryMachine(_ sid: String) -> Bool {
    ["S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-7"].contains(sid) || sid.hasPrefix("S-1-5-32-")
  }
}

extension Evidence {
  /// Names by which what this is about is told from all else; never none.
  ///
  /// - Parameter isGraph: whether a mailbox is its owner and a file the same wherever it lies.
  func names(isGraph: Bool) -> [String] {
    let names: [String] =
      switch EntityKind(rawValue: kind) {
      case .host: Self.named("device:", AssetNames.device(self))
      case .account: Self.named("user:", AssetNames.user(self))
      case .mailbox: Self.named(isGraph ? "user:" : "mailbox:", [AssetIdentity(self)?.value])
      case .file: fileNames(isGraph: isGraph)
      case .fileHash where isGraph: self["Value"].map { [Self.hash($0)] } ?? []
      case .mailMessage: mailNames
      default: []
      }
    if !names.isEmpty { return names }
    if let identity = AssetIdentity(self) { return [identity.name] }
    return [kind + ":" + identifiers.map { $0.name + "=" + $0.value }.joined(separator: "\u{1F}")]
  }

  private static func named(_ prefix: String, _ values: [String?]) -> [String] {
    values.compactMap { $0 }.filter { !$0.isEmpty }.map { prefix + $0.lowercased() }
  }

  private func fileNames(isGraph: Bool) -> [String] {
    let path =
      isGraph ? "" : [self["Directory"], self["Name"]].map { $0 ?? "" }.joined(separator: "/")
    return ["SHA256", "SHA1", "MD5"].compactMap { name in
      self[name].map { Self.hash($0, at: path) }
    }
  }

  /// No two algorithms make hashes of one length.
  private static func hash(_ value: String, at path: String = "") -> String {
    "hash:\(value)\u{1F}\(path)".lowercased()
  }

  /// Each recipient has a mail of their own.
  var mailNames: [String] {
    self["NetworkMessageId"].map { ["mail:\($0)\u{1F}\(self["Recipient"] ?? "")".lowercased()] }
      ?? []
  }
}
