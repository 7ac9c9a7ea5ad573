import Columnar
import Detections
import Hunting
import Tenancy

/// For which tenants a principal may do by now what a schedule does.
struct ScheduleReach: Equatable {
  private static let needed: [Capability] = [.manageDetections, .hunt, .respond]

  /// For each of those the tenants.
  private let tenants: [[String]]
  private let isSetUp: Bool

  init(_ access: StoreAccess, _ selection: TenantSelection) throws {
    tenants = try access.reaches(over: selection, for: Self.needed)
    isSetUp = access.isSetUp
  }

  /// The tenants whose rules it may run.
  var detections: [String] { tenants[0] }
}

/// What runs the rules of the tenants that are a principal's by now, and what comes behind them.
struct ScheduleWatch {
  let opened: OpenedRules
  let events: StoreEvents
  let scheduler: Scheduler
  let response: ResponseStep?
  var retention: RunRetention
  private let reach: ScheduleReach

  init(
    _ opened: OpenedRules,
    _ selection: TenantSelection,
    _ limits: RunOptions,
    owner: String,
    keepRuns: Int
  ) throws {
    self.opened = opened
    let (runner, events) = try opened.runner(limits, owner: owner)
    self.events = events
    let tenants = Set(opened.tenants)
    scheduler = Scheduler(opened.detections, runner, threads: limits.threads, tenants: tenants)
    response = try ResponseStep(opened, selection, limits)
    retention = RunRetention(opened.detections, tenants: tenants, days: keepRuns)
    reach = try ScheduleReach(opened.access, selection)
  }

  /// The rules as the principal may run them now; nil where that is as it was. Tenants come and are
  /// suspended, and grants are given, taken back and run out while a schedule runs.
  func change(_ selection: TenantSelection) throws -> OpenedRules? {
    let access = try opened.access.anew()
    let now = try ScheduleReach(access, selection)
    if now == reach { return nil }
    return OpenedRules(
      path: opened.path,
      access: access,
      tenants: now.detections,
      detections: opened.detections
    )
  }
}
