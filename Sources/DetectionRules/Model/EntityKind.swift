/// The kinds of entities that alerts have, by the names that Sentinel's rules give them.
public enum EntityKind: String, Sendable, CaseIterable {
  case account = "Account"
  case host = "Host"
  case ip = "IP"
  case file = "File"
  case fileHash = "FileHash"
  case process = "Process"
  case url = "URL"
  case mailMessage = "MailMessage"
  case mailbox = "Mailbox"
  case mailCluster = "MailCluster"
  case registryKey = "RegistryKey"
  case registryValue = "RegistryValue"
  case dns = "DNS"
  case cloudApplication = "CloudApplication"
  case oAuthApplication = "OAuthApplication"
  case azureResource = "AzureResource"
  case amazonResource = "AmazonResource"
  case googleCloudResource = "GoogleCloudResource"
  case securityGroup = "SecurityGroup"
  case malware = "Malware"
  case submissionMail = "SubmissionMail"
  case iotDevice = "IoTDevice"

  /// Reads a kind in any letter case.
  public init?(reading text: String) {
    guard let kind = Self.byLetters[text.lowercased()] else { return nil }
    self = kind
  }

  private static let byLetters: [String: EntityKind] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) }
  )

  /// The identifiers that a mapping of Sentinel may give, in the product's order; those of
  /// Defender's rules are among them.
  public var identifiers: [String] {
    switch self {
    case .account:
      [
        "Name", "FullName", "NTDomain", "DnsDomain", "UPNSuffix", "Sid", "AadTenantId",
        "AadUserId", "PUID", "IsDomainJoined", "DisplayName", "ObjectGuid",
      ]
    case .host:
      [
        "DnsDomain", "NTDomain", "HostName", "FullName", "NetBiosName", "AzureID", "OMSAgentID",
        "OSFamily", "OSVersion", "IsDomainJoined", "DeviceId",
      ]
    case .ip: ["Address", "AddressScope"]
    case .file: ["Directory", "Name", "SHA1", "SHA256"]
    case .fileHash: ["Algorithm", "Value"]
    case .process:
      ["ProcessId", "CommandLine", "ElevationToken", "CreationTimeUtc", "SHA1", "SHA256"]
    case .url: ["Url"]
    case .mailMessage:
      [
        "NetworkMessageId", "Recipient", "Sender", "Subject", "InternetMessageId",
        "P1Sender", "P2Sender", "SenderIP", "ReceivedDate", "Urls", "Threats", "Language",
        "ThreatDetectionMethods", "DeliveryAction", "DeliveryLocation", "BodyFingerprintBin1",
        "BodyFingerprintBin2", "BodyFingerprintBin3", "BodyFingerprintBin4", "BodyFingerprintBin5",
        "AntispamDirection", "P1SenderDomain", "P1SenderDisplayName", "P2SenderDomain",
        "P2SenderDisplayName",
      ]
    case .mailbox:
      ["MailboxPrimaryAddress", "DisplayName", "Upn", "ExternalDirectoryObjectId", "RiskLevel"]
    case .mailCluster:
      [
        "Query", "Source", "NetworkMessageIds", "CountByDeliveryStatus", "CountByThreatType",
        "CountByProtectionStatus", "Threats", "QueryTime", "MailCount", "IsVolumeAnomaly",
        "ClusterSourceIdentifier", "ClusterSourceType", "ClusterQueryStartTime",
        "ClusterQueryEndTime", "ClusterGroup",
      ]
    case .registryKey: ["Hive", "Key"]
    case .registryValue: ["Key", "Name", "Value", "ValueType"]
    case .dns: ["DomainName", "HostIpAddress", "DnsServerIp"]
    case .cloudApplication: ["AppId", "Name", "InstanceName"]
    case .oAuthApplication: ["OAuthAppId"]
    case .azureResource: ["ResourceId"]
    case .amazonResource: ["AmazonResourceId"]
    case .googleCloudResource: ["FullResourceName"]
    case .securityGroup: ["DistinguishedName", "SID", "ObjectGuid"]
    case .malware: ["Name", "Category"]
    case .submissionMail:
      [
        "SubmissionId", "SubmissionDate", "Submitter", "NetworkMessageId", "Timestamp",
        "Recipient", "Sender", "SenderIp", "Subject", "ReportType",
      ]
    case .iotDevice:
      [
        "IoTHub", "DeviceId", "DeviceName", "IoTSecurityAgentId", "DeviceType", "Source",
        "SourceEntityId", "Manufacturer", "Model", "OperatingSystem", "IpAddress", "MacAddress",
        "Protocols", "SerialNumber",
      ]
    }
  }

  /// Sets of identifiers of which one, whole, tells an entity from all others of its kind.
  public var strongIdentifiers: [[String]] {
    switch self {
    case .account:
      [
        ["AadUserId"], ["Sid"], ["ObjectGuid"], ["PUID"], ["FullName"], ["Name", "UPNSuffix"],
        ["Name", "NTDomain"], ["Name", "DnsDomain"],
      ]
    case .host:
      [
        ["DeviceId"], ["AzureID"], ["OMSAgentID"], ["FullName"], ["HostName", "NTDomain"],
        ["HostName", "DnsDomain"], ["NetBiosName", "NTDomain"], ["NetBiosName", "DnsDomain"],
      ]
    case .ip: [["Address"]]
    case .file: [["SHA256"], ["SHA1"], ["Directory", "Name"]]
    case .fileHash: [["Algorithm", "Value"]]
    case .process: [["ProcessId", "CreationTimeUtc"], ["SHA256"], ["SHA1"]]
    case .url: [["Url"]]
    case .mailMessage: [["NetworkMessageId", "Recipient"]]
    case .mailbox: [["MailboxPrimaryAddress"], ["ExternalDirectoryObjectId"], ["Upn"]]
    case .mailCluster: [["Query", "Source"]]
    case .registryKey: [["Hive", "Key"]]
    case .registryValue: [["Key", "Name"]]
    case .dns: [["DomainName", "DnsServerIp", "HostIpAddress"], ["DomainName"]]
    case .cloudApplication: [["AppId"], ["Name"]]
    case .oAuthApplication: [["OAuthAppId"]]
    case .azureResource: [["ResourceId"]]
    case .amazonResource: [["AmazonResourceId"]]
    case .googleCloudResource: [["FullResourceName"]]
    case .securityGroup: [["DistinguishedName"], ["SID"], ["ObjectGuid"]]
    case .malware: [["Name", "Category"]]
    case .submissionMail: [["SubmissionId", "NetworkMessageId", "Recipient", "Submitter"]]
    case .iotDevice: [["IoTHub", "DeviceId"]]
    }
  }
}
