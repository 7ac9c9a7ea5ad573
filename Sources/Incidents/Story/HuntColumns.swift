/// By what something is looked for in tables.
enum HuntKind: String, CaseIterable {
  case deviceIds, deviceNames, addresses, users, objectIds, sids, accounts, mails, sha1, sha256
  case md5, urls, domains, applications, registryKeys, resources, senders

  /// The columns that have such a thing, by the names that they have in tables of Defender and of
  /// Sentinel.
  var columns: [String] {
    switch self {
    case .deviceIds: ["DeviceId", "EntraIdDeviceId", "AadDeviceId"]
    case .deviceNames:
      [
        "DeviceName", "RemoteDeviceName", "DestinationDeviceName", "TargetDeviceName",
        "InitiatingProcessRemoteSessionDeviceName", "Computer", "HostName", "WorkstationName",
        "SourceHostName", "DestinationHostName",
      ]
    case .addresses:
      [
        "RemoteIP", "LocalIP", "IPAddress", "IpAddress", "DestinationIPAddress", "SenderIPv4",
        "SenderIPv6", "InitiatingProcessRemoteSessionIP", "RequestSourceIP", "FileOriginIP",
        "ClientIP", "Client_IPAddress", "ClientIPAddress", "ActorIpAddress", "CallerIpAddress",
        "CallerIPAddress", "SourceIP", "DestinationIP", "SourceIpAddress", "SourceIPAddress",
        "HostIP", "RemoteIpAddress", "SrcIpAddr", "DstIpAddr",
      ]
    case .users:
      Self.senders.columns + [
        "AccountUpn", "InitiatingProcessAccountUpn", "TargetAccountUpn", "AccountId",
        "RecipientEmailAddress", "UserPrincipalName", "UserId", "AlternateSignInName",
        "MailboxOwnerUPN", "Caller", "SourceUserName", "DestinationUserName",
      ]
    case .objectIds:
      [
        "AccountObjectId", "InitiatingProcessAccountObjectId", "AccountId", "SenderObjectId",
        "RecipientObjectId", "UserId", "ServicePrincipalId",
      ]
    case .sids:
      [
        "AccountSid", "InitiatingProcessAccountSid", "SubjectUserSid", "TargetUserSid",
        "TargetSid", "MemberSid", "MailboxOwnerSid", "LogonUserSid",
      ]
    // Names are in columns of their own beside those of domains; these have both.
    case .accounts: ["Account", "SubjectAccount", "TargetAccount"]
    case .mails: ["NetworkMessageId"]
    case .sha1: ["SHA1", "InitiatingProcessSHA1", "FileHash"]
    case .sha256: ["SHA256", "InitiatingProcessSHA256", "FileHash"]
    case .md5: ["MD5", "InitiatingProcessMD5", "FileHash"]
    case .urls: ["Url", "RemoteUrl", "RequestURL", "FileOriginUrl"]
    case .domains:
      [
        "RemoteUrl", "Url", "UrlDomain", "RequestURL", "FileOriginUrl", "DestinationHostName",
        "DestinationDnsDomain", "SenderFromDomain", "SenderMailFromDomain", "Name",
      ]
    case .applications:
      [
        "OAuthAppId", "OAuthApplicationId", "ApplicationId", "AppId", "ClientAppId",
        "AzureADAppId",
      ]
    case .registryKeys: ["RegistryKey", "PreviousRegistryKey"]
    case .resources: ["ResourceId", "AzureResourceId"]
    case .senders: ["SenderFromAddress", "SenderMailFromAddress", "SenderEmailAddress"]
    }
  }

  /// Columns of domains and of the names in them.
  static let accountColumns = [
    ("AccountDomain", "AccountName"),
    ("InitiatingProcessAccountDomain", "InitiatingProcessAccountName"),
    ("TargetDomainName", "TargetUserName"), ("SubjectDomainName", "SubjectUserName"),
  ]

  /// How a column is compared with what is looked for: a domain is a part of addresses too.
  var operation: String { self == .domains ? "has_any" : "in~" }
}
