public import Columnar

/// What a scenario shall hold. Numbers that are too small or too large are brought into range.
public struct ScenarioSettings: Sendable {
  /// The names of the tenants; alerts have them as `tenantId`.
  public let tenants: [String]
  /// The start of simulated time.
  public let start: DateTime
  /// The days of simulated time, 1 to 365.
  public let days: Int
  /// The kinds of attack; see `AttackFamily.families(for:)`.
  public let families: Set<AttackFamily>
  /// Attacks of each family on each tenant, 0 to 100.
  public var attacksPerFamily = 2 {
    didSet { attacksPerFamily = min(max(attacksPerFamily, 0), 100) }
  }
  /// Benign activities of a tenant a day, each of which raises one to five alerts; 0 to 1,000.
  public var noisePerDay = 6 {
    didSet { noisePerDay = min(max(noisePerDay, 0), 1_000) }
  }
  /// The most benign activities on the people and devices of an attack while it goes on, 0 to 100.
  public var noisePerAttack = 3 {
    didSet { noisePerAttack = min(max(noisePerAttack, 0), 100) }
  }
  /// The people of a tenant, 12 to 5,000.
  public var peoplePerTenant = 40 {
    didSet { peoplePerTenant = min(max(peoplePerTenant, 12), 5_000) }
  }
  /// The workstations of a tenant, 12 to 5,000; servers and shared devices come on top.
  public var workstationsPerTenant = 36 {
    didSet { workstationsPerTenant = min(max(workstationsPerTenant, 12), 5_000) }
  }
  /// Events of everyday life of a tenant a day, 0 to 10,000; 0 for rows of attacks only.
  public var everydayRowsPerDay = 0 {
    didSet { everydayRowsPerDay = min(max(everydayRowsPerDay, 0), 10_000) }
  }

  /// Makes settings; tenants that occur twice count once.
  public init(
    tenants: [String],
    start: DateTime,
    days: Int,
    families: Set<AttackFamily> = AttackFamily.families(for: .tuning)
  ) {
    var seen: Set<String> = []
    self.tenants = tenants.filter { seen.insert($0).inserted }
    self.days = min(max(days, 1), 365)
    let latest = DateTime.maximumTicks - 400 * TimeSpan.ticksPerDay
    self.start = DateTime(ticks: min(max(start.ticks, 0), latest))
    self.families = families
  }

  /// The end of simulated time; alerts about the last activities are created shortly after it.
  public var end: DateTime {
    DateTime(ticks: start.ticks + Int64(days) * TimeSpan.ticksPerDay)
  }
}
