/// The queries behind the view of one user.
public enum UserQueries {
  /// The view of one user, by the user principal name (its domain may lack), object id or SID.
  public static let entity = EntityQueries(
    EntityQueries.Definition(
      kind: "users",
      one: "user",
      tables: [
        .facts: .userFacts, .alerts: .userAlerts, .incidents: .userIncidents,
        .timeline: .userTimeline,
      ],
      meant: meant,
      facts: facts,
      events: events
    )
  )

  private static let meant = """
    let told = union (IdentityInfo | project AccountUpn, AccountObjectId, Sid = OnPremSid),
        (IdentityInfo | project AccountUpn, AccountObjectId, Sid = CloudSid),
        (AlertEvidence | where EntityType =~ 'User'
            | project AccountUpn, AccountObjectId, Sid = AccountSid)
    | where AccountUpn =~ Entity or AccountObjectId =~ Entity or Sid =~ Entity
        or AccountUpn startswith strcat(Entity, '@')
    | distinct AccountUpn, AccountObjectId, Sid;
    let upns = union (print Value = Entity), (told | project Value = AccountUpn)
    | where isnotempty(Value)
    | distinct Value;
    let objects = told | where isnotempty(AccountObjectId) | distinct AccountObjectId;
    let sids = told | where isnotempty(Sid) | distinct Sid;
    let named = AlertEvidence
    | where EntityType =~ 'User' and (AccountUpn in~ (upns) or AccountObjectId in~ (objects)
        or AccountSid in~ (sids))
    | distinct AlertId;
    """

  private static let facts = """
    let known = IdentityInfo
    | where Timestamp <= now()
    | where AccountUpn in~ (upns) or AccountObjectId in~ (objects) or OnPremSid in~ (sids)
    | summarize arg_max(Timestamp, AccountUpn, AccountDisplayName, AccountObjectId, OnPremSid,
        AccountDomain, AccountName, EmailAddress, Department, JobTitle, Manager, City, Country,
        IsAccountEnabled, CriticalityLevel, RiskLevel, AssignedRoles, Tags)
        by Key = tolower(coalesce(AccountObjectId, AccountUpn, OnPremSid))
    | project-away Key
    | project-rename LastSeen = Timestamp
    | extend KnownFrom = 'IdentityInfo';
    // A user of whom only alerts tell.
    let evidence = AlertEvidence
    | where EntityType =~ 'User' and AlertId in (named)
    | where AccountUpn in~ (upns) or AccountObjectId in~ (objects) or AccountSid in~ (sids)
    | summarize LastSeen = max(Timestamp), AccountUpn = max(AccountUpn),
        AccountObjectId = max(AccountObjectId), OnPremSid = max(AccountSid),
        AccountName = max(AccountName), AccountDomain = max(AccountDomain)
    | where isnotnull(LastSeen) and toscalar(known | count) == 0
    | extend KnownFrom = 'AlertEvidence';
    union known, evidence
    | project-reorder AccountUpn, AccountDisplayName, AccountObjectId, OnPremSid, AccountDomain,
        AccountName
    """

  private static let byName = "AccountUpn in~ (upns)"
  private static let byNameOrId = "(\(byName) or AccountObjectId in~ (objects))"
  private static let byAll =
    "(\(byName) or AccountObjectId in~ (objects) or AccountSid in~ (sids))"

  private static let events = [
    EventSource(
      table: "EntraIdSignInEvents",
      condition: byNameOrId,
      action: "iff(ErrorCode == 0, 'SignIn', 'SignInFailed')",
      account: "AccountUpn",
      device: "DeviceName",
      address: "IPAddress",
      what: "strcat(Application, ' ', Country, ' ', ErrorCode)"
    ),
    EventSource(
      table: "IdentityLogonEvents",
      condition: byAll,
      account: "AccountUpn",
      device: "DeviceName",
      address: "IPAddress",
      what: "strcat(Application, ' ', LogonType, ' ', FailureReason)"
    ),
    EventSource(
      table: "IdentityDirectoryEvents",
      condition: byAll,
      account: "AccountUpn",
      device: "DeviceName",
      address: "IPAddress",
      what: "strcat(TargetAccountUpn, ' ', TargetAccountDisplayName, ' ', TargetDeviceName)"
    ),
    EventSource(
      table: "IdentityQueryEvents",
      condition: byAll,
      account: "AccountUpn",
      device: "DeviceName",
      address: "IPAddress",
      what: "strcat(QueryTarget, ' ', Query)"
    ),
    EventSource(
      table: "CloudAppEvents",
      condition: "(AccountObjectId in~ (objects) or AccountId in~ (upns))",
      account: "AccountDisplayName",
      address: "IPAddress",
      what: "strcat(Application, ' ', ObjectName)"
    ),
    EventSource(
      table: "DeviceLogonEvents",
      condition: "AccountSid in~ (sids)",
      account: "AccountName",
      device: "DeviceName",
      address: "RemoteIP",
      what: "strcat(LogonType, ' ', FailureReason)"
    ),
    EventSource(
      table: "DeviceProcessEvents",
      condition: byAll,
      account: "iff(isempty(AccountUpn), AccountName, AccountUpn)",
      device: "DeviceName",
      what: "iff(isempty(ProcessCommandLine), FileName, ProcessCommandLine)"
    ),
    EventSource.clicks(byName),
  ]
}

extension EventSource {
  /// Links that somebody followed.
  static func clicks(_ condition: String) -> EventSource {
    EventSource(
      table: "UrlClickEvents",
      condition: condition,
      account: "AccountUpn",
      address: "IPAddress",
      what: "Url"
    )
  }
}
