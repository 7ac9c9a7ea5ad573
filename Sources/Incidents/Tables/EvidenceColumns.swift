import Alerts
import Columnar
import DetectionRules

/// Which columns of AlertEvidence have what of an entity.
///
/// Where several identifiers could fill a column, the one that other tables have in theirs does, so
/// that joins on it find the entity.
enum EvidenceColumns {
  /// The product's word for a kind.
  static func type(of kind: EntityKind) -> String {
    switch kind {
    case .account: "User"
    case .host: "Machine"
    case .ip: "Ip"
    case .url, .dns: "Url"
    case .file, .fileHash: "File"
    case .azureResource, .amazonResource, .googleCloudResource: "CloudResource"
    case .iotDevice: "IoTDevice"
    default: kind.rawValue
    }
  }

  /// The cells of an entity of a kind.
  static func cells(of kind: EntityKind, _ item: Evidence) -> [String: Scalar] {
    var cells: [String: Scalar] = [:]
    for (column, value) in texts(of: kind, item) {
      if let value, !value.isEmpty { cells[column] = .string(ByteString(value)) }
    }
    if kind == .cloudApplication, let id = item["AppId"].flatMap({ Int32($0) }) {
      cells["ApplicationId"] = .int(id)
    }
    return cells
  }

  /// Columns and what they have of an entity, where that is known.
  static func texts(of kind: EntityKind, _ item: Evidence) -> [(String, String?)] {
    switch kind {
    case .account: account(item)
    case .host: [("DeviceId", item["DeviceId"]), ("DeviceName", AssetNames.deviceName(item))]
    case .mailbox:
      [
        ("AccountUpn", item["Upn"] ?? item["MailboxPrimaryAddress"]),
        ("AccountObjectId", item["ExternalDirectoryObjectId"]),
      ]
    case .fileHash: hash(item["Value"] ?? "")
    case .registryKey:
      [("RegistryKey", [item["Hive"], item["Key"]].compactMap { $0 }.joined(separator: "\\"))]
    default: (columns[kind] ?? []).map { ($1, item[$0]) }
    }
  }

  /// The object id is that of Entra: the one of Active Directory (`ObjectGuid`) is in no column of
  /// that name.
  private static func account(_ item: Evidence) -> [(String, String?)] {
    // DOMAIN\name, where it is no address.
    let full = item["FullName"].flatMap { $0.contains("@") ? nil : $0 }?
      .split(separator: "\\", maxSplits: 1).map(String.init)
    let local = item["Name"]?.split(separator: "@").first.map(String.init)
    let domain = full.flatMap { $0.count == 2 ? $0[0] : nil }
    return [
      ("AccountUpn", AssetNames.upns(of: item).lazy.compactMap { $0 }.first),
      ("AccountName", local ?? full?.last),
      ("AccountDomain", item["NTDomain"] ?? domain ?? item["DnsDomain"]),
      ("AccountSid", item["Sid"]), ("AccountObjectId", item["AadUserId"]),
    ]
  }

  private static func hash(_ value: String) -> [(String, String?)] {
    switch value.utf8.count {
    case 40: [("SHA1", value)]
    case 64: [("SHA256", value)]
    default: []
    }
  }

  private static let mail = [
    ("NetworkMessageId", "NetworkMessageId"), ("Subject", "EmailSubject"),
    ("Recipient", "AccountUpn"),
  ]

  /// Identifiers and the columns that have them.
  private static let columns: [EntityKind: [(String, String)]] = [
    .file: [
      ("Name", "FileName"), ("Directory", "FolderPath"), ("SHA1", "SHA1"), ("SHA256", "SHA256"),
    ],
    .process: [
      ("Name", "FileName"), ("Directory", "FolderPath"), ("CommandLine", "ProcessCommandLine"),
      ("SHA1", "SHA1"), ("SHA256", "SHA256"),
    ],
    .ip: [("Address", "RemoteIP")],
    .url: [("Url", "RemoteUrl")],
    .dns: [("DomainName", "RemoteUrl")],
    .mailMessage: mail, .submissionMail: mail,
    .registryValue: [
      ("Key", "RegistryKey"), ("Name", "RegistryValueName"), ("Value", "RegistryValueData"),
    ],
    .cloudApplication: [("Name", "Application")],
    .oAuthApplication: [("Name", "Application"), ("OAuthAppId", "OAuthApplicationId")],
    .azureResource: [("ResourceId", "ResourceID")],
    .amazonResource: [("AmazonResourceId", "ResourceID")],
    .googleCloudResource: [("FullResourceName", "ResourceID")],
  ]
}
