import Alerts
import DetectionRules

/// What of an incident is looked for, and what is not.
struct HuntTerms {
  /// A name in a domain, as Windows knows an account.
  struct Account: Hashable {
    /// Empty where it is not known.
    let domain: String
    let name: String
  }

  private(set) var values: [HuntKind: Set<String>] = [:]
  private(set) var accounts: Set<Account> = []
  /// What nothing in a table tells of, in the order in which alerts do.
  private(set) var others: [Evidence] = []

  init(_ evidence: [Evidence]) {
    for item in evidence {
      let before = count
      add(item)
      if count == before, !isKnown(item) { others.append(item) }
    }
  }

  private var count: Int { values.values.reduce(accounts.count) { $0 + $1.count } }

  /// Whether it was looked for already, as it is with other evidence of the same thing.
  private func isKnown(_ item: Evidence) -> Bool {
    var alone = HuntTerms([])
    alone.add(item)
    return alone.count > 0
  }

  private mutating func add(_ item: Evidence) {
    switch EntityKind(rawValue: item.kind) {
    case .host:
      add(.deviceIds, item["DeviceId"], item["AzureID"])
      add(.deviceNames, AssetNames.deviceName(item), item["HostName"], item["NetBiosName"])
    case .account: addAccount(item)
    case .mailbox:
      add(.users, item["MailboxPrimaryAddress"], item["Upn"])
      add(.objectIds, item["ExternalDirectoryObjectId"])
    case .mailMessage, .submissionMail:
      add(.mails, item["NetworkMessageId"])
      add(.senders, item["P1Sender"], item["P2Sender"], item["Sender"])
      add(.addresses, item["SenderIP"], item["SenderIp"])
    // Files of the system would find everything.
    case .file where !CorrelationKeys([item]).keys.isEmpty,
      .process where !CorrelationKeys([item]).keys.isEmpty:
      add(.sha1, item["SHA1"])
      add(.sha256, item["SHA256"])
    case .fileHash: addHash(item["Value"] ?? "")
    case .ip: add(.addresses, item["Address"])
    case .url: add(.urls, item["Url"])
    case .dns: add(.domains, item["DomainName"])
    case .oAuthApplication: add(.applications, item["OAuthAppId"])
    case .registryKey, .registryValue:
      let key = [item["Hive"], item["Key"]].compactMap { $0 }.joined(separator: "\\")
      add(.registryKeys, key)
    case .azureResource: add(.resources, item["ResourceId"])
    default: break
    }
  }

  private mutating func add(_ kind: HuntKind, _ found: String?...) {
    for value in found.compactMap({ $0 }) where !value.isEmpty {
      values[kind, default: []].insert(value)
    }
  }

  private mutating func addAccount(_ item: Evidence) {
    if CorrelationKeys.isOfEveryDomain(item) { return }
    for upn in AssetNames.upns(of: item) { add(.users, upn) }
    add(.objectIds, item["AadUserId"])
    add(.sids, item["Sid"])
    let columns = EvidenceColumns.texts(of: .account, item)
    let texts = Dictionary(columns) { first, _ in first }
    guard let name = texts["AccountName"] ?? nil, !name.isEmpty else { return }
    let domain = (texts["AccountDomain"] ?? nil) ?? ""
    let isTold = ["AccountUpn", "AccountSid", "AccountObjectId"].contains {
      (texts[$0] ?? nil) != nil
    }
    // A name alone is somebody else's elsewhere, where there is a better one.
    if domain.isEmpty, isTold { return }
    accounts.insert(Account(domain: domain, name: name))
  }

  private mutating func addHash(_ value: String) {
    switch value.utf8.count {
    case 32: add(.md5, value)
    case 40: add(.sha1, value)
    case 64: add(.sha256, value)
    default: break
    }
  }
}
