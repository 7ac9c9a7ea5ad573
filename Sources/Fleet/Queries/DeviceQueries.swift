/// The queries behind views of devices.
public enum DeviceQueries {
  /// All of them.
  public static let all =
    [tenant, summary, values, breakdown, list, inventory, critical, known, named, namedOfAll]
    + entity.all

  /// What devices are told apart by.
  public static let dimensions = [
    "type", "value", "onboarding", "risk", "exposure", "os", "health", "internet-facing",
  ]

  /// Numbers of one tenant.
  static let tenant = FleetQuery(
    "devices.tenant",
    "devices of a tenant, by their last rows of DeviceInfo",
    .tenant(table: .devices),
    ["Lookback"],
    """
    declare query_parameters(Lookback:timespan=30d);
    \(devices)
    devices
    | summarize Devices = count(),
        Onboarded = countif(OnboardingStatus =~ 'Onboarded'),
        CanBeOnboarded = countif(OnboardingStatus =~ 'Can be onboarded'),
        InsufficientInfo = countif(OnboardingStatus =~ 'Insufficient info'),
        Unsupported = countif(OnboardingStatus =~ 'Unsupported'),
        HighRisk = countif(RiskLevel == 'High'),
        MediumRisk = countif(RiskLevel == 'Medium'),
        LowRisk = countif(RiskLevel == 'Low'),
        HighExposure = countif(ExposureLevel =~ 'High'),
        MediumExposure = countif(ExposureLevel =~ 'Medium'),
        LowExposure = countif(ExposureLevel =~ 'Low'),
        HighValue = countif(AssetValue =~ 'High'),
        InternetFacing = countif(IsInternetFacing),
        NewlyDiscovered = countif(IsNew),
        Workstations = countif(DeviceType =~ 'Workstation'),
        Servers = countif(DeviceType =~ 'Server'),
        OtherTypes = countif(DeviceType !in~ ('Workstation', 'Server'))
    """
  )

  /// Numbers of all tenants and their sums.
  public static let summary = FleetQuery(
    "devices.summary",
    "a row for each tenant and one for all, which is their sum",
    .fleet(reads: [.devices]),
    [],
    """
    let totals = FleetDevices
    | summarize Tenants = count(), Answers = countif(isnotnull(Devices)),
        \(counts.map { "\($0) = sum(\($0))" }.joined(separator: ",\n    "))
    | extend Tenant = 'all', Status = iff(Answers == Tenants, 'ok',
        strcat(Answers, ' of ', Tenants, ' tenants'));
    union (FleetDevices | extend Order = 0), (totals | extend Order = 1)
    | sort by Order asc, Tenant asc
    | project Tenant, TenantName,
        \(counts.joined(separator: ",\n    ")),
        Status
    """
  )

  /// Devices of one tenant by one of the dimensions.
  static let values = FleetQuery(
    "devices.values",
    "devices of a tenant by type, value, onboarding, risk and so on (--param By=NAME)",
    .tenant(table: .deviceValues),
    ["Lookback", "By"],
    """
    declare query_parameters(Lookback:timespan=30d, By:string='type');
    \(devices)
    devices
    | extend Value = case(By == 'value', AssetValue, By == 'onboarding', OnboardingStatus,
        By == 'risk', RiskLevel, By == 'exposure', ExposureLevel, By == 'os', OSPlatform,
        By == 'health', SensorHealth, By == 'internet-facing', tostring(IsInternetFacing),
        DeviceType)
    | summarize Devices = count() by Value
    """
  )

  /// The same for all tenants and their sums.
  public static let breakdown = FleetQuery(
    "devices.breakdown",
    "devices by one value for each tenant and for all",
    .fleet(reads: [.deviceValues]),
    [],
    """
    let totals = FleetDeviceValues
    | summarize Devices = sum(Devices) by Value
    | extend Tenant = 'all', Order = 1;
    union (FleetDeviceValues | extend Order = 0), totals
    | sort by Order asc, Tenant asc, Devices desc, Value asc
    | project Tenant, TenantName, Value, Devices
    """
  )

  /// The devices of one tenant that filters let through.
  static let list = FleetQuery(
    "devices.list",
    "devices of a tenant with filters (--param Risk=High and so on; several with commas)",
    .tenant(table: .inventory),
    Set(["Lookback", "Name", "Tag", "InternetFacing"] + listFilters.map(\.parameter)),
    """
    declare query_parameters(Lookback:timespan=30d, Name:string='', Tag:string='',
        InternetFacing:string='',
        \(listFilters.map { "\($0.parameter):string=''" }.joined(separator: ", ")));
    \(devices)
    devices
    \(listFilters.map(condition).joined(separator: "\n"))
    | where Name == '' or DeviceName contains Name
    | where Tag == '' or set_has_element(parse_json(tolower(tostring(Tags))), tolower(Tag))
    | where InternetFacing == '' or IsInternetFacing == tobool(InternetFacing)
    """
  )

  /// Filters of the list that take values of a column, some with commas between.
  static let listFilters: [(parameter: String, column: String)] = [
    ("Risk", "RiskLevel"), ("Exposure", "ExposureLevel"), ("Criticality", "AssetValue"),
    ("Onboarding", "OnboardingStatus"), ("Os", "OSPlatform"), ("Type", "DeviceType"),
    ("Group", "MachineGroup"), ("Health", "SensorHealth"),
  ]

  private static func condition(_ filter: (parameter: String, column: String)) -> String {
    "| where \(filter.parameter) == '' or \(filter.column) in~ (split(\(filter.parameter), ','))"
  }

  /// The devices of all tenants.
  public static let inventory = FleetQuery(
    "devices.inventory",
    "the devices of all tenants by name",
    .fleet(reads: [.inventory]),
    [],
    """
    FleetInventory
    | sort by Tenant asc, DeviceName asc, DeviceId asc
    | project Tenant, TenantName, DeviceName, DeviceId, DeviceType, OSPlatform, OSVersion,
        OnboardingStatus, SensorHealth, RiskLevel, ExposureLevel, AssetValue, IsInternetFacing,
        MachineGroup, Tags, FirstSeen, LastSeen
    """
  )

  /// The devices of one tenant with which an incident has a critical asset.
  public static let critical = FleetQuery(
    "devices.critical",
    "devices of high value, by their last rows of DeviceInfo; incidents with one are tagged",
    .tenant(table: .critical),
    ["Lookback"],
    """
    declare query_parameters(Lookback:timespan=30d);
    \(lastRows)
    lastRows
    | where AssetValue =~ 'High'
    | project DeviceId, DeviceName
    """
  )

  /// What the devices of one tenant are by which incidents are found.
  public static let known = FleetQuery(
    "devices.known",
    "platforms and groups by ids and names of devices; incidents are found by them",
    .tenant(table: .known),
    ["Lookback"],
    """
    declare query_parameters(Lookback:timespan=30d);
    // A device that was merged into another has its id still, and its names are the other's. A
    // name whose devices differ says nothing of what they differ in.
    DeviceInfo
    | where Timestamp between (now() - Lookback .. now()) and isnotempty(DeviceId)
    | summarize arg_max(Timestamp, MergedToDeviceId, DeviceName, AadDeviceId, OSPlatform,
        MachineGroup) by DeviceId
    | extend Names = iff(isempty(MergedToDeviceId) or MergedToDeviceId == DeviceId,
        pack_array(DeviceId, DeviceName, AadDeviceId), pack_array(DeviceId))
    | mv-expand Name = Names to typeof(string)
    | where isnotempty(Name)
    | summarize Platforms = make_set_if(OSPlatform, isnotempty(OSPlatform)),
        Groups = make_set_if(MachineGroup, isnotempty(MachineGroup)) by Name = tolower(Name)
    | project Name, OSPlatform = iff(array_length(Platforms) == 1, tostring(Platforms[0]), ''),
        MachineGroup = iff(array_length(Groups) == 1, tostring(Groups[0]), '')
    """
  )

  /// Risk and exposure of devices that somebody names, such as those of an incident.
  static let named = FleetQuery(
    "devices.named",
    "devices by ids or names (--param Ids='[\"ID\"]', Names), also by ids that were merged",
    .tenant(table: .namedDevices),
    ["Lookback", "Ids", "Names"],
    """
    declare query_parameters(Lookback:timespan=30d, Ids:string='[]', Names:string='[]');
    \(devices)
    let direct = devices
    | where DeviceId in~ (parse_json(Ids)) or DeviceName in~ (parse_json(Names))
    | extend AskedId = DeviceId;
    let mergedOnes = merged
    | where DeviceId in~ (parse_json(Ids))
    | project AskedId = DeviceId, DeviceId = MergedToDeviceId
    | join kind=inner devices on DeviceId;
    union direct, mergedOnes
    | project AskedId, DeviceId, DeviceName, RiskLevel, ExposureLevel, AssetValue
    """
  )

  /// The same of all tenants.
  public static let namedOfAll = FleetQuery(
    "devices.named-of-all",
    "the same of all tenants",
    .fleet(reads: [.namedDevices]),
    [],
    """
    FleetNamedDevices
    | sort by Tenant asc, DeviceName asc, AskedId asc
    | project AskedId, DeviceName, RiskLevel, ExposureLevel, AssetValue
    """
  )

  /// The columns of ``tenant``.
  private static let counts = [
    "Devices", "Onboarded", "CanBeOnboarded", "InsufficientInfo", "Unsupported", "HighRisk",
    "MediumRisk", "LowRisk", "HighExposure", "MediumExposure", "LowExposure", "HighValue",
    "InternetFacing", "NewlyDiscovered", "Workstations", "Servers", "OtherTypes",
  ]

  /// Declares `lastRows`, a row for each device that is one still.
  private static let lastRows = """
    // The last row of each device that was seen in the time looked back. A device that was merged
    // into another is that one.
    let lastRows = DeviceInfo
    | where Timestamp between (now() - Lookback .. now()) and isnotempty(DeviceId)
    | summarize arg_max(Timestamp, MergedToDeviceId, DeviceName, DeviceType, OSPlatform,
        OSVersion, OnboardingStatus, ExposureLevel, AssetValue, IsInternetFacing,
        SensorHealthState, MachineGroup, RegistryDeviceTag, DeviceManualTags, DeviceDynamicTags)
        by DeviceId
    | where isempty(MergedToDeviceId) or MergedToDeviceId == DeviceId;
    """

  /// Declares `devices`, a row for each device.
  static let devices = """
    // A text with a JSON array, as that array; anything else is an empty one.
    let list = (text:string) {
      iff(gettype(parse_json(text)) == 'array', parse_json(text), dynamic([]))
    };
    \(lastRows)
    let merged = DeviceInfo
    | where Timestamp <= now() and isnotempty(MergedToDeviceId) and MergedToDeviceId != DeviceId
    | summarize arg_max(Timestamp, MergedToDeviceId) by DeviceId
    | project DeviceId, MergedToDeviceId;
    let firstSeen = DeviceInfo
    | where Timestamp <= now() and isnotempty(DeviceId)
    | summarize FirstSeen = min(Timestamp) by DeviceId;
    // The tables have no risk of a device: it is the worst severity of the alerts that name it,
    // or one that was merged into it, and are not resolved.
    let resolved = SecurityAlert
    | where Timestamp <= now()
    | summarize arg_max(Timestamp, Status) by SystemAlertId
    | where Status in~ ('Resolved', 'Dismissed')
    | project AlertId = SystemAlertId;
    let risk = AlertEvidence
    | where Timestamp between (now() - Lookback .. now()) and isnotempty(DeviceId)
    | distinct AlertId, DeviceId
    | join kind=leftanti resolved on AlertId
    | join kind=leftouter merged on DeviceId
    | extend DeviceId = iff(isempty(MergedToDeviceId), DeviceId, MergedToDeviceId)
    | join kind=inner (AlertInfo | summarize arg_max(Timestamp, Severity) by AlertId) on AlertId
    | summarize Rank = max(case(Severity =~ 'High', 4, Severity =~ 'Medium', 3,
        Severity =~ 'Low', 2, 1)) by DeviceId;
    let devices = lastRows
    | join kind=leftouter firstSeen on DeviceId
    | join kind=leftouter risk on DeviceId
    | project DeviceId, DeviceName,
        DeviceType = iff(isempty(DeviceType), 'Unknown', DeviceType), OSPlatform, OSVersion,
        OnboardingStatus = iff(isempty(OnboardingStatus), 'Unknown', OnboardingStatus),
        RiskLevel = case(Rank == 4, 'High', Rank == 3, 'Medium', Rank == 2, 'Low',
          Rank == 1, 'Informational', 'None'),
        ExposureLevel = iff(isempty(ExposureLevel), 'None', ExposureLevel),
        AssetValue = iff(isempty(AssetValue), 'Normal', AssetValue),
        IsInternetFacing = coalesce(IsInternetFacing, false),
        SensorHealth = iff(isempty(SensorHealthState), 'Unknown', SensorHealthState),
        MachineGroup,
        Tags = set_union(list(DeviceManualTags), list(DeviceDynamicTags),
          iff(isempty(RegistryDeviceTag), dynamic([]), pack_array(RegistryDeviceTag))),
        FirstSeen, LastSeen = Timestamp, IsNew = FirstSeen > now() - 7d;
    """
}
