import Columnar
import OperationalStore
import StructuredText

/// Finds out from a tenant's tables what orders are about.
struct EnvironmentLearning {
  private let source: any TenantRowSource
  private let tenant: String

  init(_ source: any TenantRowSource, _ tenant: String) {
    self.source = source
    self.tenant = tenant
  }

  /// What was found.
  struct Found {
    var mails: [EnvironmentMail] = []
    var devices: [EnvironmentDevice] = []
    var identities: [EnvironmentIdentity] = []
    var consents: [EnvironmentConsent] = []
  }

  func find(_ orders: [ActionOrder]) throws -> Found {
    var found = Found()
    let messages = values("networkMessageId", orders) { $0.kind.subject == .mail }
    if !messages.isEmpty { found.mails = try mails(messages) }
    let devices = values("deviceId", orders) { $0.kind.subject == .device }
    if !devices.isEmpty { found.devices = try self.devices(devices) }
    for name in ["accountSid", "accountObjectId", "accountUpn"] {
      let users = values(name, orders) { $0.kind.subject == .user }
      if !users.isEmpty { found.identities += try identities(name, users) }
    }
    let apps = values("appId", orders) { $0.kind.subject == .app }
    if !apps.isEmpty { found.consents = try consents(apps) }
    return found
  }

  private func values(
    _ name: String,
    _ orders: [ActionOrder],
    where isMeant: (ActionOrder) -> Bool
  ) -> [String] {
    Set(orders.filter { $0.tenant == tenant && isMeant($0) }.compactMap { $0.target[name] })
      .sorted()
  }

  /// Values go in as one parameter, so that no text of theirs is read as a query.
  private func ask(_ text: String, _ values: [String]) throws -> [[String: String]] {
    let list = "[" + values.map(JSONDocumentWriter.quoted).joined(separator: ",") + "]"
    let rows = try source.rows(
      "declare query_parameters(Wanted: string);\nlet Asked = parse_json(Wanted);\n" + text,
      of: tenant,
      parameters: ["Wanted": .string(ByteString(list))]
    )
    return rows.map { $0.mapValues(Self.text) }
  }

  private static func text(_ cell: Scalar) -> String {
    switch cell {
    case .string(let text): text.text.storable
    case .datetime(let time): "\(time.ticks)"
    case .bool(let value): value ? "true" : "false"
    default: ""
    }
  }

  /// Where mails are, and whose, to each of their recipients.
  func mails(_ messages: [String]) throws -> [EnvironmentMail] {
    let rows = try ask(
      """
      let Delivered = EmailEvents | where NetworkMessageId in~ (Asked)
      | extend Place = iff(isempty(LatestDeliveryLocation), DeliveryLocation, \
      LatestDeliveryLocation)
      | summarize arg_max(Timestamp, Place, SenderFromAddress, Subject, EmailDirection)
        by Message = tolower(NetworkMessageId), Recipient = tolower(RecipientEmailAddress);
      let Moved = EmailPostDeliveryEvents
      | where NetworkMessageId in~ (Asked) and isnotempty(DeliveryLocation)
      | where ActionResult !in~ ('Error', 'Failed', 'Failure')
      | summarize arg_max(Timestamp, DeliveryLocation)
        by Message = tolower(NetworkMessageId), Recipient = tolower(RecipientEmailAddress)
      | project Message, Recipient, MovedAt = Timestamp, MovedTo = DeliveryLocation;
      Delivered | join kind=leftouter Moved on Message, Recipient
      | extend IsMoved = isnotnull(MovedAt) and MovedAt >= Timestamp
      | project Message, Recipient, Sender = SenderFromAddress, Subject,
        Direction = EmailDirection, Place = iff(IsMoved, MovedTo, Place),
        At = iff(IsMoved, MovedAt, Timestamp)
      """,
      messages
    )
    return rows.map { row in
      EnvironmentMail(
        message: row["Message"] ?? "",
        recipient: row["Recipient"] ?? "",
        sender: row["Sender"] ?? "",
        subject: row["Subject"] ?? "",
        direction: row["Direction"] ?? "",
        location: MailLocation(reading: row["Place"] ?? ""),
        changed: row["At"].flatMap { Int64($0) } ?? 0
      )
    }
  }

  private func devices(_ ids: [String]) throws -> [EnvironmentDevice] {
    let rows = try ask(
      """
      DeviceInfo | where DeviceId in~ (Asked)
      | summarize arg_max(Timestamp, DeviceName) by Id = tolower(DeviceId)
      | project Id, DeviceName
      """,
      ids
    )
    return rows.map { EnvironmentDevice(id: $0["Id"] ?? "", name: $0["DeviceName"] ?? "") }
  }

  private func identities(_ name: String, _ values: [String]) throws -> [EnvironmentIdentity] {
    let columns = [
      "accountSid": ["OnPremSid", "CloudSid"], "accountObjectId": ["AccountObjectId"],
      "accountUpn": ["AccountUpn"],
    ]
    let condition = (columns[name] ?? []).map { "\($0) in~ (Asked)" }.joined(separator: " or ")
    let sid = name == "accountSid" ? "iff(OnPremSid in~ (Asked), OnPremSid, CloudSid)" : "OnPremSid"
    let rows = try ask(
      """
      IdentityInfo | where \(condition)
      | extend Sid = \(sid)
      | summarize arg_max(Timestamp, Upn = AccountUpn, IsAccountEnabled)
        by Sid = tolower(Sid), ObjectId = tolower(AccountObjectId)
      | project Sid, ObjectId, Upn = tolower(Upn), IsEnabled = IsAccountEnabled
      """,
      values
    )
    return rows.map { row in
      EnvironmentIdentity(
        sid: row["Sid"] ?? "",
        objectID: row["ObjectId"] ?? "",
        upn: row["Upn"] ?? "",
        isEnabled: row["IsEnabled"] != "false"
      )
    }
  }

  /// The consents that were given to apps. One for the whole organization says so in what was
  /// changed, and is of nobody alone.
  private func consents(_ apps: [String]) throws -> [EnvironmentConsent] {
    let rows = try ask(
      """
      CloudAppEvents | where ActionType in~ (\(ConsentQueries.given))
      | extend App = tolower(iff(isnotempty(OAuthAppId), OAuthAppId, ObjectId))
      | where App in~ (Asked)
      | extend Changed = tostring(RawEventData.ModifiedProperties)
      | extend IsForAll = Changed matches regex \
      @'ConsentContext\\.IsAdminConsent"[^}]*"NewValue"\\W*True'
        or Changed matches regex @'ConsentType"[^}]*AllPrincipals'
      | extend User = iff(IsForAll, '', tolower(coalesce(tostring(RawEventData.UserId), AccountId)))
      | where IsForAll or isnotempty(User)
      | summarize arg_max(Timestamp, ObjectName) by App, User
      | project App, User, Name = ObjectName, At = Timestamp
      """,
      apps
    )
    return rows.map { row in
      EnvironmentConsent(
        app: row["App"] ?? "",
        name: row["Name"] ?? "",
        user: row["User"] ?? "",
        changed: row["At"].flatMap { Int64($0) } ?? 0
      )
    }
  }
}
