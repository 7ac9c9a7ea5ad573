import Columnar

/// Writes evidence in the shape of Graph's `alertEvidence` types.
struct EvidenceWriting {
  let product: Product
  let created: DateTime

  func value(_ evidence: Evidence) -> JSONValue {
    let (type, fields) = fields(evidence.entity)
    return .object(
      [
        ("@odata.type", .text("#microsoft.graph.security." + type)),
        ("createdDateTime", .time(created)),
        ("verdict", .text(evidence.verdict.rawValue)),
        ("remediationStatus", "none"),
        ("remediationStatusDetails", .null),
        ("roles", .texts(evidence.roles)),
        ("detailedRoles", .list([])),
        ("tags", .list([])),
      ] + fields
    )
  }

  private func fields(_ entity: Evidence.Entity) -> (String, [(String, JSONValue)]) {
    switch entity {
    case .account(let account):
      ("userEvidence", [("stream", .null), ("userAccount", self.account(account))])
    case .mailbox(let account): ("mailboxEvidence", mailbox(account))
    case .device(let machine): ("deviceEvidence", device(machine))
    case .file(let file, let machine): ("fileEvidence", self.file(file, machine))
    case .process(let process, let machine):
      ("processEvidence", self.process(process, machine))
    case .address(let address):
      ("ipEvidence", [("ipAddress", .text(address)), ("countryLetterCode", .null)])
    case .url(let url): ("urlEvidence", [("url", .text(url))])
    case .mail(let mail): ("analyzedMessageEvidence", message(mail))
    case .cloudApp(let app): ("cloudApplicationEvidence", cloudApp(app))
    case .oauthApp(let app): ("oauthApplicationEvidence", oauthApp(app))
    }
  }

  /// An account by the identifiers that the product knows: only the ones that see the directory
  /// on the premises know SIDs, and only the ones of the cloud object ids.
  private func account(_ account: Account) -> JSONValue {
    let knowsSID = [.endpoint, .antivirus, .identity].contains(product)
    let knowsObject = ![.endpoint, .antivirus].contains(product)
    let knowsName = product != .identity
    return .object([
      ("accountName", .text(account.name)),
      ("domainName", knowsSID ? .text(account.domain) : .null),
      ("userSid", knowsSID ? .text(account.sid) : .null),
      ("azureAdUserId", JSONValue(knowsObject ? account.objectId : nil)),
      ("userPrincipalName", JSONValue(knowsName ? account.principalName : nil)),
      ("displayName", knowsObject ? .text(account.displayName) : .null),
    ])
  }

  private func mailbox(_ account: Account) -> [(String, JSONValue)] {
    [
      ("primaryAddress", JSONValue(account.mailbox)),
      ("displayName", .text(account.displayName)),
      ("upn", JSONValue(account.principalName)),
      ("userAccount", self.account(account)),
    ]
  }

  /// A device; Defender for Identity knows it by its name in the directory only.
  private func device(_ machine: Machine) -> [(String, JSONValue)] {
    [
      ("firstSeenDateTime", .null),
      ("mdeDeviceId", product == .identity ? .null : .text(machine.id)),
      ("azureAdDeviceId", .null),
      ("deviceDnsName", .text(machine.dnsName)),
      ("hostName", .text(machine.host)),
      ("ntDomain", .null),
      ("dnsDomain", .text(machine.domain)),
      ("osPlatform", .text(machine.platform)),
      ("healthStatus", "active"),
      ("riskScore", "none"),
      ("onboardingStatus", "onboarded"),
      ("defenderAvStatus", "updated"),
      ("lastIpAddress", .text(machine.address)),
      ("ipInterfaces", .texts([machine.address])),
      ("loggedOnUsers", .list([])),
    ]
  }

  private func details(_ file: FileArtifact) -> JSONValue {
    .object([
      ("sha1", .text(file.sha1)),
      ("sha256", .text(file.sha256)),
      ("fileName", .text(file.name)),
      ("filePath", .text(file.folder)),
      ("fileSize", .whole(Int64(file.sizeBytes))),
      ("filePublisher", JSONValue(file.signer)),
      ("signer", JSONValue(file.signer)),
      ("issuer", .null),
    ])
  }

  private func file(_ file: FileArtifact, _ machine: Machine?) -> [(String, JSONValue)] {
    [
      ("detectionStatus", "detected"),
      ("mdeDeviceId", JSONValue(machine?.id)),
      ("fileDetails", details(file)),
    ]
  }

  private func process(
    _ process: ProcessArtifact,
    _ machine: Machine
  ) -> [(String, JSONValue)] {
    [
      ("detectionStatus", "detected"),
      ("mdeDeviceId", .text(machine.id)),
      ("processId", .whole(Int64(process.id))),
      ("parentProcessId", .whole(Int64(process.parentId))),
      ("processCommandLine", .text(process.commandLine)),
      ("processCreationDateTime", .time(process.created)),
      ("parentProcessCreationDateTime", .null),
      ("imageFile", details(process.file)),
      ("parentProcessImageFile", details(process.parent)),
      ("userAccount", account(process.account)),
    ]
  }

  private func message(_ mail: MailArtifact) -> [(String, JSONValue)] {
    let sender: JSONValue = .object([
      ("emailAddress", .text(mail.sender)),
      ("displayName", .text(mail.content.senderName)),
      ("domainName", .text(mail.senderDomain)),
    ])
    return [
      ("networkMessageId", .text(mail.networkMessageId)),
      ("internetMessageId", .text(mail.internetMessageId)),
      ("subject", .text(mail.content.subject)),
      ("p1Sender", sender),
      ("p2Sender", sender),
      ("senderIp", .text(mail.content.senderAddress)),
      ("recipientEmailAddress", .text(mail.recipientAddress)),
      ("antiSpamDirection", "inbound"),
      ("deliveryAction", "delivered"),
      ("deliveryLocation", "inbox_folder"),
      ("receivedDateTime", .time(mail.received)),
      ("attachmentsCount", 0),
      ("urlCount", .whole(Int64(mail.urls.count))),
      ("urls", .texts(mail.urls)),
      ("threats", .list([])),
      ("threatDetectionMethods", .list([])),
    ]
  }

  private func cloudApp(_ app: CloudApp) -> [(String, JSONValue)] {
    [
      ("appId", .whole(app.id)),
      ("saasAppId", .whole(app.id)),
      ("displayName", .text(app.name)),
      ("instanceId", 0),
      ("instanceName", .text(app.name)),
    ]
  }

  private func oauthApp(_ app: OAuthApp) -> [(String, JSONValue)] {
    [
      ("appId", .text(app.appId)),
      ("objectId", .text(app.objectId)),
      ("displayName", .text(app.name)),
      ("publisher", .text(app.publisher)),
    ]
  }
}
