extension DeviceQueries {
  /// The view of one device, by its id or name, with or without its domain.
  public static let entity = EntityQueries(
    EntityQueries.Definition(
      kind: "devices",
      one: "device",
      tables: [
        .facts: .deviceFacts, .alerts: .deviceAlerts, .incidents: .deviceIncidents,
        .timeline: .deviceTimeline,
      ],
      meant: meant,
      facts: facts,
      events: events
    )
  )

  private static let meant = """
    \(devices)
    let asked = union (DeviceInfo | where Timestamp <= now() | project DeviceId, DeviceName),
        (AlertEvidence | project DeviceId, DeviceName)
    | where isnotempty(DeviceId)
    | where DeviceId =~ Entity or DeviceName =~ Entity or DeviceName startswith strcat(Entity, '.')
    | distinct DeviceId;
    // What it was merged into, and what was merged into that, is the same device.
    let target = union asked,
        (merged | where DeviceId in (asked) | project DeviceId = MergedToDeviceId)
    | distinct DeviceId;
    let ids = union target, (merged | where MergedToDeviceId in (target) | project DeviceId)
    | distinct DeviceId;
    let named = AlertEvidence
    | where DeviceId in (ids) or (isempty(DeviceId)
        and (DeviceName =~ Entity or DeviceName startswith strcat(Entity, '.')))
    | distinct AlertId;
    """

  private static let facts = """
    let known = devices
    | where DeviceId in (ids)
    | join kind=leftouter (DeviceInfo
        | where Timestamp <= now() and DeviceId in (ids)
        | summarize arg_max(Timestamp, PublicIP, JoinType, AadDeviceId, LoggedOnUsers, Vendor,
            Model, OSBuild, ClientVersion, MitigationStatus) by DeviceId) on DeviceId
    | project-away DeviceId1, Timestamp, IsNew
    | extend KnownFrom = 'DeviceInfo';
    // A device of which only alerts tell.
    let told = AlertEvidence
    | where DeviceId in (ids) and DeviceId !in ((known | project DeviceId))
        and DeviceId !in ((merged | project DeviceId))
    | summarize arg_max(Timestamp, DeviceName) by DeviceId
    | project DeviceId, DeviceName, LastSeen = Timestamp, KnownFrom = 'AlertEvidence';
    union known, told
    | sort by DeviceName asc, DeviceId asc
    """

  private static let mine = "DeviceId in (ids)"

  private static func event(
    _ table: String,
    account: String = "InitiatingProcessAccountName",
    address: String = "''",
    _ what: String
  ) -> EventSource {
    EventSource(
      table: table,
      condition: mine,
      account: account,
      device: "DeviceName",
      address: address,
      what: what
    )
  }

  private static let events = [
    event(
      "DeviceProcessEvents",
      account: "iff(isempty(AccountUpn), AccountName, AccountUpn)",
      "iff(isempty(ProcessCommandLine), FileName, ProcessCommandLine)"
    ),
    event(
      "DeviceNetworkEvents",
      address: "RemoteIP",
      "strcat(InitiatingProcessFileName, ' to ', iff(isempty(RemoteUrl), RemoteIP, RemoteUrl), "
        + "':', RemotePort)"
    ),
    event("DeviceFileEvents", #"strcat(FolderPath, ' ', FileName)"#),
    event(
      "DeviceLogonEvents",
      account: "AccountName",
      address: "RemoteIP",
      "strcat(LogonType, ' ', FailureReason)"
    ),
    event(
      "DeviceRegistryEvents",
      "strcat(RegistryKey, ' ', RegistryValueName, ' = ', RegistryValueData)"
    ),
    event("DeviceImageLoadEvents", "strcat(FolderPath, ' ', FileName)"),
    event(
      "DeviceEvents",
      address: "RemoteIP",
      "strcat(FileName, ' ', ProcessCommandLine, ' ', RemoteUrl)"
    ),
  ]
}
