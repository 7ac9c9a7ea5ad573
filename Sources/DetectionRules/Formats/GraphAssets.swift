/// The impacted assets of the older family of Defender's rules.
enum GraphAssets {
  struct Group {
    /// The name of the Graph type behind ``GraphAssets/typePrefix``.
    let type: String
    let title: String
    let kind: EntityKind
    /// The identifiers of the type, and what each tells of the entity.
    let identifiers: [(name: String, meaning: String)]
  }

  static let typePrefix = "#microsoft.graph.security."

  static let groups = [
    Group(
      type: "impactedDeviceAsset",
      title: "device",
      kind: .host,
      identifiers: [
        ("deviceId", "DeviceId"), ("deviceName", "FullName"), ("remoteDeviceName", "FullName"),
        ("targetDeviceName", "FullName"), ("destinationDeviceName", "FullName"),
      ]
    ),
    Group(
      type: "impactedMailboxAsset",
      title: "mailbox",
      kind: .mailbox,
      identifiers: [
        ("accountUpn", "Upn"), ("fileOwnerUpn", "Upn"), ("initiatingProcessAccountUpn", "Upn"),
        ("lastModifyingAccountUpn", "Upn"), ("targetAccountUpn", "Upn"),
        ("senderFromAddress", "MailboxPrimaryAddress"), ("senderDisplayName", "DisplayName"),
        ("recipientEmailAddress", "MailboxPrimaryAddress"),
        ("senderMailFromAddress", "MailboxPrimaryAddress"),
      ]
    ),
    Group(
      type: "impactedUserAsset",
      title: "user",
      kind: .account,
      identifiers: [
        ("accountObjectId", "AadUserId"), ("accountSid", "Sid"), ("accountUpn", "FullName"),
        ("accountName", "Name"), ("accountDomain", "NTDomain"), ("accountId", "AadUserId"),
        ("requestAccountSid", "Sid"), ("requestAccountName", "Name"),
        ("requestAccountDomain", "NTDomain"), ("recipientObjectId", "AadUserId"),
        ("processAccountObjectId", "AadUserId"), ("initiatingAccountSid", "Sid"),
        ("initiatingProcessAccountUpn", "FullName"), ("initiatingAccountName", "Name"),
        ("initiatingAccountDomain", "NTDomain"), ("servicePrincipalId", "AadUserId"),
        ("servicePrincipalName", "Name"), ("targetAccountUpn", "FullName"),
      ]
    ),
  ]

  static func group(ofType type: String) -> Group? {
    groups.first { type == typePrefix + $0.type || type == $0.type }
  }

  /// The column that an identifier names: `accountSid` is `AccountSid`.
  static func column(of identifier: String) -> String {
    identifier.prefix(1).uppercased() + identifier.dropFirst()
  }

  /// What an identifier of a response action tells.
  static let actionMeanings: [String: String] = [
    "deviceId": "DeviceId", "sha1": "SHA1", "initiatingProcessSHA1": "SHA1", "sha256": "SHA256",
    "initiatingProcessSHA256": "SHA256", "accountObjectId": "AadUserId",
    "initiatingProcessAccountObjectId": "AadUserId", "servicePrincipalId": "AadUserId",
    "recipientObjectId": "AadUserId", "accountSid": "Sid", "initiatingProcessAccountSid": "Sid",
    "requestAccountSid": "Sid", "onPremSid": "Sid", "networkMessageId": "NetworkMessageId",
    "recipientEmailAddress": "Recipient",
  ]

  /// The column of an identifier of a response action.
  static func actionColumn(of identifier: String) -> String {
    identifier == "sha1" || identifier == "sha256"
      ? identifier.uppercased() : column(of: identifier)
  }
}

/// The entity mappings of the newer family of Defender's rules.
enum GraphMappings {
  struct Group {
    let kind: EntityKind
    /// The keys that name columns, and what each column tells of the entity.
    let identifiers: [String: String]
  }

  static let groups: [String: Group] = [
    "accounts": Group(
      kind: .account,
      identifiers: [
        "upnColumn": "FullName", "sidColumn": "Sid", "aadUserIdColumn": "AadUserId",
        "nameColumn": "Name", "ntDomainColumn": "NTDomain", "dnsDomainColumn": "DnsDomain",
        "upnSuffixColumn": "UPNSuffix",
      ]
    ),
    "hosts": Group(
      kind: .host,
      identifiers: [
        "deviceIdColumn": "DeviceId", "nameColumn": "HostName", "dnsDomainColumn": "DnsDomain",
        "netBiosNameColumn": "NetBiosName", "ntDomainColumn": "NTDomain",
      ]
    ),
    "ips": Group(
      kind: .ip,
      identifiers: ["addressColumn": "Address", "scopeColumn": "AddressScope"]
    ),
    "files": Group(
      kind: .file,
      identifiers: ["nameColumn": "Name", "sha1Column": "SHA1", "sha256Column": "SHA256"]
    ),
    "processes": Group(
      kind: .process,
      identifiers: ["sha1Column": "SHA1", "sha256Column": "SHA256"]
    ),
    "mailMessages": Group(
      kind: .mailMessage,
      identifiers: [
        "networkMessageIdColumn": "NetworkMessageId", "recipientColumn": "Recipient",
        "senderColumn": "Sender", "subjectColumn": "Subject",
      ]
    ),
    "mailboxes": Group(
      kind: .mailbox,
      identifiers: ["primaryAddressColumn": "MailboxPrimaryAddress"]
    ),
    "mailClusters": Group(
      kind: .mailCluster,
      identifiers: ["queryColumn": "Query", "sourceColumn": "Source"]
    ),
    "registryValues": Group(
      kind: .registryValue,
      identifiers: ["keyColumn": "Key", "valueNameColumn": "Name"]
    ),
    "urls": Group(kind: .url, identifiers: ["addressColumn": "Url"]),
    "dns": Group(
      kind: .dns,
      identifiers: [
        "domainNameColumn": "DomainName", "hostIpAddressColumn": "HostIpAddress",
        "serverIpColumn": "DnsServerIp",
      ]
    ),
    "securityGroups": Group(
      kind: .securityGroup,
      identifiers: [
        "distinguishedNameColumn": "DistinguishedName", "objectIdColumn": "ObjectGuid",
        "sidColumn": "SID",
      ]
    ),
    "oAuthApplications": Group(
      kind: .oAuthApplication,
      identifiers: ["oAuthAppIdColumn": "OAuthAppId"]
    ),
    "cloudApplications": Group(
      kind: .cloudApplication,
      identifiers: ["appIdColumn": "AppId", "nameColumn": "Name"]
    ),
    "azureResources": Group(
      kind: .azureResource,
      identifiers: ["resourceIdColumn": "ResourceId"]
    ),
    "amazonResources": Group(
      kind: .amazonResource,
      identifiers: ["amazonResourceIdColumn": "AmazonResourceId"]
    ),
    "googleCloudResources": Group(
      kind: .googleCloudResource,
      identifiers: ["fullResourceNameColumn": "FullResourceName"]
    ),
  ]

  /// The keys of automated actions that name columns, and what each column tells.
  static let actionColumns: [String: String] = [
    "deviceIdColumn": "DeviceId", "sha1Column": "SHA1", "sha256Column": "SHA256",
    "accountObjectIdColumn": "AadUserId", "accountSidColumn": "Sid",
    "networkMessageIdColumn": "NetworkMessageId", "recipientColumn": "Recipient",
  ]
}
