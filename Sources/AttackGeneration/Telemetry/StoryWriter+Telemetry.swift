/// Events that stories tell of.
extension StoryWriter {
  mutating func logMail(_ mail: MailArtifact) {
    log(
      .emails,
      [
        ("NetworkMessageId", .text(mail.networkMessageId)),
        ("InternetMessageId", .text(mail.internetMessageId)),
        ("SenderMailFromAddress", .text(mail.sender)),
        ("SenderFromAddress", .text(mail.sender)),
        ("SenderDisplayName", .text(mail.content.senderName)),
        ("SenderMailFromDomain", .text(mail.senderDomain)),
        ("SenderFromDomain", .text(mail.senderDomain)),
        ("SenderIPv4", .text(mail.content.senderAddress)),
        ("RecipientEmailAddress", .text(mail.recipientAddress)),
        ("RecipientObjectId", JSONValue(mail.recipient.objectId)),
        ("Subject", .text(mail.content.subject)),
        ("EmailDirection", mail.senderDomain == world.domain ? "Intra-org" : "Inbound"),
        ("DeliveryAction", "Delivered"),
        ("DeliveryLocation", "Inbox/folder"),
        ("LatestDeliveryAction", "Delivered"),
        ("LatestDeliveryLocation", "Inbox/folder"),
        ("AuthenticationDetails", .text(mail.content.authentication.text)),
        ("AttachmentCount", 0),
        ("UrlCount", .whole(Int64(mail.urls.count))),
        ("EmailLanguage", "en"),
      ]
    )
    for url in mail.urls {
      log(
        .emailUrls,
        [
          ("NetworkMessageId", .text(mail.networkMessageId)),
          ("Url", .text(url)),
          ("UrlDomain", .text(Self.host(url))),
          ("UrlLocation", "Body"),
        ]
      )
    }
  }

  mutating func logClick(_ url: String, in mail: MailArtifact) {
    log(
      .urlClicks,
      [
        ("Url", .text(url)),
        ("ActionType", "ClickAllowed"),
        ("AccountUpn", JSONValue(mail.recipient.principalName)),
        ("Workload", "Email"),
        ("NetworkMessageId", .text(mail.networkMessageId)),
        ("IPAddress", .text(world.egressAddress)),
        ("IsClickedThrough", false),
        ("UrlChain", .text(JSONValue.texts([url]).text)),
      ]
    )
  }

  /// Starts a process and logs that; its parent is the initiating process.
  mutating func logProcess(_ process: ProcessArtifact, on machine: Machine) {
    let parent = ProcessArtifact(
      file: process.parent,
      commandLine: process.parent.name,
      id: process.parentId,
      created: now,
      account: process.account,
      parent: .explorer,
      parentId: 4_000
    )
    log(
      .processes,
      TelemetryFields.device(machine) + [("ActionType", "ProcessCreated")]
        + TelemetryFields.file(process.file) + TelemetryFields.account(process.account) + [
          ("AccountUpn", JSONValue(process.account.principalName)),
          ("ProcessId", .whole(Int64(process.id))),
          ("ProcessCommandLine", .text(process.commandLine)),
          ("ProcessCreationTime", .time(process.created)),
        ] + TelemetryFields.initiating(parent)
    )
  }

  mutating func logFile(
    _ file: FileArtifact,
    from url: String? = nil,
    by process: ProcessArtifact,
    on machine: Machine
  ) {
    log(
      .files,
      TelemetryFields.device(machine) + [("ActionType", "FileCreated")]
        + TelemetryFields.file(file) + [("FileOriginUrl", JSONValue(url))]
        + TelemetryFields.initiating(process)
    )
  }

  mutating func logConnection(
    to address: String,
    url: String? = nil,
    by process: ProcessArtifact,
    on machine: Machine
  ) {
    log(
      .connections,
      TelemetryFields.device(machine) + [
        ("ActionType", "ConnectionSuccess"),
        ("RemoteIP", .text(address)),
        ("RemotePort", 443),
        ("RemoteUrl", JSONValue(url)),
        ("LocalIP", .text(machine.address)),
        ("LocalPort", .whole(Int64(random.number(49_152...65_535)))),
        ("Protocol", "Tcp"),
        ("LocalIPType", "Private"),
        ("RemoteIPType", "Public"),
      ] + TelemetryFields.initiating(process)
    )
  }

  /// Logs that an account came over the network from one device to another.
  mutating func logRemoteLogon(_ account: Account, from source: Machine, to target: Machine) {
    log(
      .deviceLogons,
      TelemetryFields.device(target) + TelemetryFields.account(account) + [
        ("ActionType", "LogonSuccess"),
        ("LogonType", "Network"),
        ("Protocol", "NTLM"),
        ("IsLocalAdmin", .truth(account.name.hasPrefix("adm"))),
        ("LogonId", .whole(Int64(random.number(100_000...9_000_000)))),
        ("RemoteDeviceName", .text(source.host)),
        ("RemoteIP", .text(source.address)),
        ("RemoteIPType", "Private"),
      ]
    )
    logSignIn(
      account,
      from: source.address,
      [
        ("Application", "Active Directory"),
        ("Protocol", "Ntlm"),
        ("DeviceName", .text(source.dnsName)),
        ("DestinationDeviceName", .text(target.dnsName)),
        ("DestinationIPAddress", .text(target.address)),
      ]
    )
  }

  /// Logs a sign-in to the directory or the cloud.
  mutating func logSignIn(
    _ account: Account,
    from address: String,
    _ fields: [(String, JSONValue)]
  ) {
    log(
      .identityLogons,
      TelemetryFields.account(account) + [
        ("ActionType", "LogonSuccess"),
        ("LogonType", "Credentials validation"),
        ("AccountUpn", JSONValue(account.principalName)),
        ("AccountObjectId", JSONValue(account.objectId)),
        ("AccountDisplayName", .text(account.displayName)),
        ("IPAddress", .text(address)),
        ("AdditionalFields", .object([])),
      ] + fields
    )
  }

  /// Logs what a device is, as sensors do each day.
  mutating func logDevice(_ machine: Machine, user: Account) {
    let users: JSONValue = .list([
      .object([
        ("UserName", .text(user.name)), ("DomainName", .text(user.domain)),
        ("Sid", .text(user.sid)),
      ])
    ])
    log(
      .devices,
      TelemetryFields.device(machine) + [
        ("PublicIP", .text(world.egressAddress)),
        ("OSPlatform", .text(machine.platform)),
        ("OSArchitecture", "64-bit"),
        ("JoinType", "Hybrid Azure AD Join"),
        ("IsAzureADJoined", true),
        ("LoggedOnUsers", .text(users.text)),
        ("OnboardingStatus", "Onboarded"),
        ("SensorHealthState", "Active"),
        ("DeviceType", machine.role == .workstation ? "Workstation" : "Server"),
        ("IsInternetFacing", false),
      ]
    )
  }

  /// The host of an address of the web.
  private static func host(_ url: String) -> String {
    let parts = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
    return parts.count > 1 ? String(parts[1]) : url
  }
}
