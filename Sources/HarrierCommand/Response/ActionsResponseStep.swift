import FileAccess
import Incidents
import OperationalStore
import Response
import Tenancy

/// The step behind rules: takes alerts that were ingested as rows, puts alerts into incidents,
/// gives those what DeviceInfo says of their devices, investigates them, takes the actions that
/// rules ask for, and executes what is approved in the tenants in which the principal may respond.
struct ResponseStep {
  private let tenants: Set<String>
  private let incidents: IncidentStore
  private let intake: TableIntake
  private let devices: DeviceInfoStep
  private let investigations: ResponsePipeline
  private let actions: OpenedActions
  private let store: ActionStore

  /// nil where the store has no alerts.
  init?(
    _ rules: OpenedRules,
    _ selection: TenantSelection,
    _ limits: RunOptions,
    clock: any Clock = SystemClock()
  ) throws {
    let path = rules.path
    guard let incidents = try IncidentStore.open(store: path, access: .readWrite, clock: clock)
    else { return nil }
    self.incidents = incidents
    intake = TableIntake(incidents, at: path)
    devices = DeviceInfoStep(store: path, incidents, limits)
    tenants = Set(rules.tenants)
    investigations = ResponsePipeline(store: path, incidents, limits: limits, clock: clock)
    // Rules may be run by somebody who may not respond; then others execute what they ask for.
    let allowed = try rules.access.reach(over: selection, for: .respond)
    store = ActionStore(incidents)
    actions = OpenedActions(
      path: path,
      opened: OpenedIncidents(access: rules.access, tenants: allowed, incidents: incidents)
    )
  }

  /// Does what waits; quick where nothing does.
  func step(_ console: Console) throws {
    console.tell(try intake.run(tenants: tenants))
    try devices.run(try console.correlate(incidents, tenants: tenants), console)
    try incidents.countWaiting(most: 200)
    console.tell(try investigations.run(tenants: tenants))
    // What is asked for where the principal may not respond waits for those who may.
    console.tell(try store.takeRequests(in: tenants))
    if try store.hasWork(in: actions.tenants) { try actions.runOrLeave(.all, console) }
  }
}
