/// A shipped query that defines the numbers of a view.
///
/// Those of tenants run in each tenant by itself. What they come to is a table with the tenants'
/// names before its columns, which the queries of the fleet read.
public struct FleetQuery: Sendable {
  /// Where a query runs.
  public enum Place: Sendable, Hashable {
    /// In each tenant; the table of that name has the rows of all.
    case tenant(table: FleetTable)
    /// Over tables of what queries of tenants came to.
    case fleet(reads: [FleetTable])
  }

  /// Tables that only take from what others say, so that nothing is missing where they are.
  static let optionalTables: Set<String> = ["SecurityAlert"]

  /// What it is called by, such as `devices.summary`.
  public let name: String
  /// What its rows say, in a line.
  public let about: String
  public let place: Place
  /// The parameters that it declares.
  public let parameters: Set<String>
  /// Tables of which it says nothing where a tenant lacks them.
  let optionalTables: Set<String>
  private let body: String

  init(
    _ name: String,
    _ about: String,
    _ place: Place,
    _ parameters: Set<String>,
    _ body: String,
    optionalTables: Set<String> = Self.optionalTables
  ) {
    self.optionalTables = optionalTables
    self.name = name
    self.about = about
    self.place = place
    self.parameters = parameters
    self.body = body
  }

  /// The text to run, with a comment that says how to run it by hand.
  public var text: String {
    let how =
      switch place {
      case .tenant(let table):
        """
        // Runs in each tenant: harrier query --store DIR --tenant-mode per-tenant \
        --allow-missing-tables --file THIS
        // What it comes to is the table \(table.rawValue) of the queries of the fleet.
        """
      case .fleet(let reads):
        "// Reads what queries of tenants came to: "
          + reads.map { "\($0.rawValue) (\($0.query.name))" }.joined(separator: ", ") + "."
      }
    return "// \(name): \(about)\n\(how)\n\(body)"
  }
}

/// A table of what a query of tenants came to.
public enum FleetTable: String, Sendable, CaseIterable {
  case devices = "FleetDevices"
  case deviceValues = "FleetDeviceValues"
  case inventory = "FleetInventory"
  case critical = "FleetCriticalDevices"
  case known = "FleetKnownDevices"
  case exposure = "FleetExposure"
  case findings = "FleetFindings"
  case namedDevices = "FleetNamedDevices"
  case deviceFacts = "FleetDeviceFacts"
  case deviceAlerts = "FleetDeviceAlerts"
  case deviceIncidents = "FleetDeviceIncidents"
  case deviceTimeline = "FleetDeviceTimeline"
  case userFacts = "FleetUserFacts"
  case userAlerts = "FleetUserAlerts"
  case userIncidents = "FleetUserIncidents"
  case userTimeline = "FleetUserTimeline"
  case mailboxFacts = "FleetMailboxFacts"
  case mailboxAlerts = "FleetMailboxAlerts"
  case mailboxIncidents = "FleetMailboxIncidents"
  case mailboxTimeline = "FleetMailboxTimeline"
  case mails = "FleetMails"

  /// The query whose rows it has.
  public var query: FleetQuery {
    switch self {
    case .devices: DeviceQueries.tenant
    case .deviceValues: DeviceQueries.values
    case .inventory: DeviceQueries.list
    case .critical: DeviceQueries.critical
    case .known: DeviceQueries.known
    case .exposure: VulnerabilityQueries.tenant
    case .findings: VulnerabilityQueries.findings
    case .namedDevices: DeviceQueries.named
    case .deviceFacts: DeviceQueries.entity.tenantQuery(.facts)
    case .deviceAlerts: DeviceQueries.entity.tenantQuery(.alerts)
    case .deviceIncidents: DeviceQueries.entity.tenantQuery(.incidents)
    case .deviceTimeline: DeviceQueries.entity.tenantQuery(.timeline)
    case .userFacts: UserQueries.entity.tenantQuery(.facts)
    case .userAlerts: UserQueries.entity.tenantQuery(.alerts)
    case .userIncidents: UserQueries.entity.tenantQuery(.incidents)
    case .userTimeline: UserQueries.entity.tenantQuery(.timeline)
    case .mailboxFacts: MailboxQueries.entity.tenantQuery(.facts)
    case .mailboxAlerts: MailboxQueries.entity.tenantQuery(.alerts)
    case .mailboxIncidents: MailboxQueries.entity.tenantQuery(.incidents)
    case .mailboxTimeline: MailboxQueries.entity.tenantQuery(.timeline)
    case .mails: MailboxQueries.mails
    }
  }

  /// The tables that some queries read, each once.
  public static func read(by queries: [FleetQuery]) -> [FleetTable] {
    allCases.filter { table in
      queries.contains { query in
        if case .fleet(let reads) = query.place { return reads.contains(table) }
        return false
      }
    }
  }

  /// Whether each tenant has one row in it: then a tenant that failed has one too, of nulls.
  public var hasRowForEachTenant: Bool { self == .devices || self == .exposure }
}
