/// The queries behind the view of one mailbox, and behind mails that a report names.
public enum MailboxQueries {
  /// All of them.
  public static let all = entity.all + [mails, mailsOfAll]

  /// The view of one mailbox, by its address.
  public static let entity = EntityQueries(
    EntityQueries.Definition(
      kind: "mailboxes",
      one: "mailbox",
      tables: [
        .facts: .mailboxFacts, .alerts: .mailboxAlerts, .incidents: .mailboxIncidents,
        .timeline: .mailboxTimeline,
      ],
      meant: meant,
      facts: facts,
      events: events
    )
  )

  private static let meant = """
    let owners = IdentityInfo
    | where Timestamp <= now() and (EmailAddress =~ Entity or AccountUpn =~ Entity)
    | summarize arg_max(Timestamp, AccountUpn, AccountDisplayName, AccountObjectId, Department,
        IsAccountEnabled) by Key = tolower(coalesce(AccountObjectId, AccountUpn))
    | top 1 by Timestamp desc;
    let upns = union (print Value = Entity), (owners | project Value = AccountUpn)
    | where isnotempty(Value)
    | distinct Value;
    let objects = owners | where isnotempty(AccountObjectId) | distinct AccountObjectId;
    // Of mails the recipient is known as the account.
    let named = AlertEvidence
    | where EntityType in~ ('Mailbox', 'MailMessage') and AccountUpn =~ Entity
    | distinct AlertId;
    """

  private static let facts = """
    let received = EmailEvents
    | where Timestamp >= Start and Timestamp < End and RecipientEmailAddress =~ Entity
    | summarize Received = count_distinct(NetworkMessageId),
        ReceivedThreats = count_distinctif(NetworkMessageId, isnotempty(ThreatTypes)),
        LastReceived = max(Timestamp);
    let sent = EmailEvents
    | where Timestamp >= Start and Timestamp < End and SenderFromAddress =~ Entity
    | summarize Sent = count_distinct(NetworkMessageId), LastSent = max(Timestamp);
    let owner = owners | project AccountUpn, AccountDisplayName, AccountObjectId, Department,
        IsAccountEnabled;
    union (received | extend Order = 1), (sent | extend Order = 1), (owner | extend Order = 1)
    | summarize AccountUpn = max(AccountUpn), AccountDisplayName = max(AccountDisplayName),
        AccountObjectId = max(AccountObjectId), Department = max(Department),
        IsAccountEnabled = take_any(IsAccountEnabled), Received = max(Received),
        ReceivedThreats = max(ReceivedThreats), Sent = max(Sent),
        LastReceived = max(LastReceived), LastSent = max(LastSent)
    | extend Address = tolower(Entity), Alerts = toscalar(named | count)
    | where Received + Sent + Alerts > 0 or isnotempty(AccountUpn)
    | project-reorder Address
    """

  private static let events = [
    EventSource(
      table: "EmailEvents",
      condition: "(RecipientEmailAddress =~ Entity or SenderFromAddress =~ Entity)",
      action: "iff(RecipientEmailAddress =~ Entity, 'Received', 'Sent')",
      account: "iff(RecipientEmailAddress =~ Entity, SenderFromAddress, RecipientEmailAddress)",
      address: "SenderIPv4",
      what: "strcat(Subject, iff(isempty(ThreatTypes), '', strcat(' [', ThreatTypes, ']')), ' (', "
        + "NetworkMessageId, ')')"
    ),
    EventSource(
      table: "EmailPostDeliveryEvents",
      condition: "RecipientEmailAddress =~ Entity",
      what: "strcat(Action, ' ', ActionResult, ' ', DeliveryLocation, ' (', NetworkMessageId, ')')"
    ),
    EventSource(
      table: "CloudAppEvents",
      condition: "Application has 'Exchange' "
        + "and (AccountObjectId in~ (objects) or AccountId in~ (upns))",
      account: "AccountDisplayName",
      address: "IPAddress",
      what: "ObjectName"
    ),
    EventSource.clicks("AccountUpn in~ (upns)"),
  ]

  /// What a tenant's tables say of mails by their ids.
  static let mails = FleetQuery(
    "mailboxes.mails",
    "sender, recipients and time of mails (--param Mails='[\"ID\"]')",
    .tenant(table: .mails),
    ["Mails"],
    """
    declare query_parameters(Mails:string='[]');
    EmailEvents
    | where NetworkMessageId in (parse_json(Mails))
    | summarize arg_min(Timestamp, SenderFromAddress, Subject)
        by NetworkMessageId, RecipientEmailAddress
    """,
    optionalTables: ["EmailEvents"]
  )

  /// The same of all tenants.
  public static let mailsOfAll = FleetQuery(
    "mailboxes.mails-of-all",
    "the same of all tenants",
    .fleet(reads: [.mails]),
    [],
    """
    FleetMails
    | sort by NetworkMessageId asc, RecipientEmailAddress asc
    | project NetworkMessageId, RecipientEmailAddress, SenderFromAddress, Subject, Timestamp
    """
  )
}
