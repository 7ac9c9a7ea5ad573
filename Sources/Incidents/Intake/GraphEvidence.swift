import Alerts
import DetectionRules
import StructuredText

/// Reads the evidence of an alert of Graph's `alerts_v2`.
struct GraphEvidence {
  private(set) var evidence: [Evidence] = []

  init(_ items: [DocumentNode]) {
    for item in items { add(item) }
    var seen: Set<Evidence> = []
    evidence = evidence.filter { seen.insert($0).inserted }
  }

  private mutating func add(_ item: DocumentNode, as known: String? = nil) {
    let type = known ?? Self.type(of: item)
    switch type {
    case "userEvidence": addAccount(item["userAccount"], of: item, isImpacted: true)
    case "processEvidence":
      add(.process, Self.process(item), of: item)
      addAccount(item["userAccount"], of: item, isImpacted: false)
    case "hostLogonSessionEvidence":
      if let account = item["account"] { add(account) }
      if let host = item["host"] { add(host) }
    default:
      if let known = Self.fields[type] {
        let (kind, fields) = known
        add(
          kind,
          fields.compactMap { name, path in Self.text(item, path).map { (name, $0) } },
          of: item
        )
      } else {
        addUnknown(type, item)
      }
    }
  }

  static func type(of item: DocumentNode) -> String {
    let type = item["@odata.type"]?.text ?? "unknownEvidence"
    return String(type.split(separator: ".").last ?? "unknownEvidence")
  }

  /// Adds what is one of our kinds; nothing where no identifier has a value.
  private mutating func add(
    _ kind: EntityKind,
    _ identifiers: [(String, String)],
    of item: DocumentNode,
    isImpacted: Bool? = nil
  ) {
    let isImpacted = isImpacted ?? (kind == .host || kind == .mailbox)
    guard let entity = Entity(kind, identifiers, isImpactedAsset: isImpacted) else { return }
    evidence.append(Evidence(entity, item))
  }

  private mutating func addAccount(
    _ account: DocumentNode?,
    of item: DocumentNode,
    isImpacted: Bool
  ) {
    guard let account else { return }
    let address = account["userPrincipalName"]?.text.map { $0.split(separator: "@") }
    var identifiers = Self.accountFields.compactMap { name, key in
      account[key]?.text.map { (name, $0) }
    }
    if let address, address.count == 2, account["accountName"] == nil {
      identifiers.append(("Name", String(address[0])))
      identifiers.append(("UPNSuffix", String(address[1])))
    }
    add(.account, identifiers, of: item, isImpacted: isImpacted)
  }

  private static let accountFields = [
    ("Name", "accountName"), ("NTDomain", "domainName"), ("Sid", "userSid"),
    ("AadUserId", "azureAdUserId"), ("DisplayName", "displayName"),
    ("ObjectGuid", "activeDirectoryObjectGuid"), ("FullName", "userPrincipalName"),
  ]

  private static let processFields = [
    ("ProcessId", "processId"), ("CommandLine", "processCommandLine"),
    ("CreationTimeUtc", "processCreationDateTime"), ("SHA1", "imageFile.sha1"),
    ("SHA256", "imageFile.sha256"), ("Name", "imageFile.fileName"),
    ("Directory", "imageFile.filePath"),
  ]

  private static func process(_ item: DocumentNode) -> [(String, String)] {
    processFields.compactMap { name, path in text(item, path).map { (name, $0) } }
  }

  /// A type that is none of our kinds keeps its texts under their own names, those of its parts
  /// with dots between; parts that are evidence themselves, such as addresses, are that too.
  private mutating func addUnknown(_ type: String, _ item: DocumentNode) {
    let texts = Self.texts(of: item)
    if !texts.isEmpty { evidence.append(Evidence(type, texts, item)) }
    for member in item.members {
      for part in member.value.items ?? [member.value] where !part.members.isEmpty {
        if let type = Self.type(ofPart: part, member.key) { add(part, as: type) }
      }
    }
  }

  /// What a part of evidence is: it says so itself, or its name does; nil for what is no evidence.
  private static func type(ofPart part: DocumentNode, _ name: String) -> String? {
    let named = part["@odata.type"] == nil ? partTypes[name] : type(of: part)
    return named.flatMap { $0.hasSuffix("Evidence") ? $0 : nil }
  }

  private static let partTypes = [
    "sourceAddress": "ipEvidence", "destinationAddress": "ipEvidence", "ipAddress": "ipEvidence",
    "urls": "urlEvidence", "files": "fileEvidence",
  ]

  private static func texts(of item: DocumentNode, at path: String = "") -> [Entity.Identifier] {
    item.members.flatMap { member -> [Entity.Identifier] in
      if baseFields.contains(member.key) { return [] }
      let name = path + member.key
      if !member.value.members.isEmpty { return texts(of: member.value, at: name + ".") }
      guard let value = text(ofValue: member.value), !value.isEmpty else { return [] }
      return [Entity.Identifier(name: name, value: value)]
    }
  }

  /// Lists of texts have commas between.
  private static func text(ofValue value: DocumentNode) -> String? {
    guard let items = value.items else { return value.text }
    let texts = items.compactMap(\.text)
    if texts.count == items.count { return texts.joined(separator: ", ") }
    return JSONDocumentWriter.line(value)
  }

  /// What does not tell evidence from other evidence.
  static let baseFields: Set<String> = [
    "@odata.type", "createdDateTime", "verdict", "remediationStatus", "remediationStatusDetails",
    "roles", "detailedRoles", "tags",
  ]

  /// Which fields of a type are read, with dots between; nil for one that is none of our kinds, of
  /// which all are.
  static func paths(readOf type: String) -> Set<String>? {
    let account = accountFields.map { "userAccount." + $0.1 }
    switch type {
    case "userEvidence": return Set(account)
    case "processEvidence": return Set(processFields.map(\.1) + account)
    case "hostLogonSessionEvidence": return ["account", "host"]
    default: return fields[type].map { Set($0.1.map(\.1)) }
    }
  }

  /// The text at keys with dots between.
  private static func text(_ item: DocumentNode, _ path: String) -> String? {
    var node: DocumentNode? = item
    for key in path.split(separator: ".") { node = node?[String(key)] }
    return node?.text
  }

  /// Identifiers by the places of their values, for each type of evidence.
  private static let fields: [String: (EntityKind, [(String, String)])] = [
    "deviceEvidence": (
      .host,
      [
        ("DeviceId", "mdeDeviceId"), ("AzureID", "azureAdDeviceId"),
        ("FullName", "deviceDnsName"), ("HostName", "hostName"), ("NTDomain", "ntDomain"),
        ("DnsDomain", "dnsDomain"), ("OSFamily", "osPlatform"), ("OSVersion", "version"),
        (Evidence.deviceGroup, "rbacGroupName"),
      ]
    ),
    "fileEvidence": (
      .file,
      [
        ("Name", "fileDetails.fileName"), ("Directory", "fileDetails.filePath"),
        ("SHA1", "fileDetails.sha1"), ("SHA256", "fileDetails.sha256"),
      ]
    ),
    "fileHashEvidence": (.fileHash, [("Algorithm", "algorithm"), ("Value", "value")]),
    "ipEvidence": (.ip, [("Address", "ipAddress")]),
    "urlEvidence": (.url, [("Url", "url")]),
    "mailboxEvidence": (
      .mailbox,
      [
        ("MailboxPrimaryAddress", "primaryAddress"), ("DisplayName", "displayName"),
        ("Upn", "upn"),
      ]
    ),
    "analyzedMessageEvidence": (
      .mailMessage,
      [
        ("NetworkMessageId", "networkMessageId"), ("Recipient", "recipientEmailAddress"),
        ("Subject", "subject"), ("P1Sender", "p1Sender.emailAddress"),
        ("P2Sender", "p2Sender.emailAddress"), ("SenderIP", "senderIp"),
        ("InternetMessageId", "internetMessageId"), ("DeliveryAction", "deliveryAction"),
        ("DeliveryLocation", "deliveryLocation"), ("ReceivedDate", "receivedDateTime"),
      ]
    ),
    "mailClusterEvidence": (
      .mailCluster,
      [
        ("Query", "query"), ("Source", "urn"), ("ClusterGroup", "clusterBy"),
        ("ClusterSourceIdentifier", "clusterByValue"), ("MailCount", "emailCount"),
      ]
    ),
    "registryKeyEvidence": (.registryKey, [("Hive", "registryHive"), ("Key", "registryKey")]),
    "registryValueEvidence": (
      .registryValue,
      [
        ("Key", "registryKey"), ("Name", "registryValueName"), ("Value", "registryValue"),
        ("ValueType", "registryValueType"),
      ]
    ),
    "oauthApplicationEvidence": (.oAuthApplication, [("OAuthAppId", "appId")]),
    "cloudApplicationEvidence": (
      .cloudApplication,
      [("AppId", "appId"), ("Name", "displayName"), ("InstanceName", "instanceName")]
    ),
    "securityGroupEvidence": (
      .securityGroup,
      [
        ("DistinguishedName", "distinguishedName"), ("SID", "sid"),
        ("ObjectGuid", "activeDirectoryObjectGuid"),
      ]
    ),
    "malwareEvidence": (.malware, [("Name", "name"), ("Category", "category")]),
    "azureResourceEvidence": (.azureResource, [("ResourceId", "resourceId")]),
    "amazonResourceEvidence": (.amazonResource, [("AmazonResourceId", "amazonResourceId")]),
    "googleCloudResourceEvidence": (
      .googleCloudResource, [("FullResourceName", "fullResourceName")]
    ),
    "dnsEvidence": (.dns, [("DomainName", "domainName")]),
    "submissionMailEvidence": (
      .submissionMail,
      [
        ("SubmissionId", "submissionId"), ("Submitter", "submitter"),
        ("NetworkMessageId", "networkMessageId"), ("Recipient", "recipient"),
        ("Sender", "sender"), ("SenderIp", "senderIp"), ("Subject", "subject"),
        ("ReportType", "reportType"),
      ]
    ),
    "ioTDeviceEvidence": (
      .iotDevice,
      [
        ("DeviceId", "deviceId"), ("DeviceName", "deviceName"), ("DeviceType", "deviceType"),
        ("Manufacturer", "manufacturer"), ("Model", "model"), ("SerialNumber", "serialNumber"),
        ("MacAddress", "macAddress"),
      ]
    ),
  ]
}

extension Evidence {
  /// What an item of Graph says of an entity.
  fileprivate init(_ entity: Entity, _ item: DocumentNode) {
    self.init(
      entity,
      role: item.role,
      verdict: item.verdict,
      remediation: item.remediation
    )
  }

  /// What an item of Graph says of something that is none of our kinds.
  fileprivate init(_ type: String, _ identifiers: [Entity.Identifier], _ item: DocumentNode) {
    self.init(
      other: type,
      identifiers,
      role: item.role,
      verdict: item.verdict,
      remediation: item.remediation
    )
  }
}

extension DocumentNode {
  fileprivate var role: String { self["roles"]?.items?.first?.text ?? "" }
  fileprivate var verdict: String { self["verdict"]?.text ?? "unknown" }
  fileprivate var remediation: String { self["remediationStatus"]?.text ?? "none" }
}
