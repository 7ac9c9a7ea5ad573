import Alerts
import Columnar
import DetectionRules

/// Which columns of AlertEvidence have what of an entity.
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

  static func cells(
    of kind: EntityKind,
    _ identifiers: [Entity.Identifier]
  ) -> [(String, Scalar)] {
    identifiers.flatMap { identifier -> [(String, Scalar)] in
      let value = Scalar.string(ByteString(identifier.value))
      if identifier.name == "AppId", kind == .cloudApplication {
        return Int32(identifier.value).map { [("ApplicationId", .int($0))] } ?? []
      }
      guard let column = column(of: identifier, kind) else { return [] }
      return [(column, value)]
    }
  }

  private static func column(of identifier: Entity.Identifier, _ kind: EntityKind) -> String? {
    switch kind {
    case .account: account(identifier)
    case .mailbox:
      identifier.name == "MailboxPrimaryAddress" || identifier.name == "Upn" ? "AccountUpn" : nil
    case .host:
      identifier.name == "DeviceId"
        ? "DeviceId"
        : ["FullName", "HostName", "NetBiosName"].contains(identifier.name) ? "DeviceName" : nil
    case .ip: identifier.name == "Address" ? "RemoteIP" : nil
    case .url, .dns: "RemoteUrl"
    case .fileHash: hash(identifier)
    default: columns[kind]?[identifier.name]
    }
  }

  private static func account(_ identifier: Entity.Identifier) -> String? {
    switch identifier.name {
    case "FullName": identifier.value.contains("@") ? "AccountUpn" : "AccountName"
    case "Name": "AccountName"
    case "NTDomain", "DnsDomain": "AccountDomain"
    case "Sid": "AccountSid"
    case "AadUserId", "ObjectGuid": "AccountObjectId"
    default: nil
    }
  }

  private static func hash(_ identifier: Entity.Identifier) -> String? {
    guard identifier.name == "Value" else { return nil }
    switch identifier.value.utf8.count {
    case 40: return "SHA1"
    case 64: return "SHA256"
    default: return nil
    }
  }

  private static let columns: [EntityKind: [String: String]] = [
    .file: [
      "Name": "FileName", "Directory": "FolderPath", "SHA1": "SHA1", "SHA256": "SHA256",
    ],
    .process: [
      "Name": "FileName", "Directory": "FolderPath", "CommandLine": "ProcessCommandLine",
      "SHA1": "SHA1", "SHA256": "SHA256",
    ],
    .mailMessage: [
      "NetworkMessageId": "NetworkMessageId", "Subject": "EmailSubject",
      "Recipient": "AccountUpn",
    ],
    .registryKey: ["Key": "RegistryKey"],
    .registryValue: [
      "Key": "RegistryKey", "Name": "RegistryValueName", "Value": "RegistryValueData",
    ],
    .cloudApplication: ["Name": "Application"],
    .oAuthApplication: ["OAuthAppId": "OAuthApplicationId"],
    .azureResource: ["ResourceId": "ResourceID"],
    .amazonResource: ["AmazonResourceId": "ResourceID"],
    .googleCloudResource: ["FullResourceName": "ResourceID"],
  ]
}
