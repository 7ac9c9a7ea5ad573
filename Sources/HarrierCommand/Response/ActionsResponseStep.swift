import FileAccess
import Incidents
import Response
import Tenancy

/// The step behind rules and incidents: takes the actions that rules ask for, and executes what is
/// approved in the tenants in which the principal may respond.
struct ResponseStep {
  private let opened: OpenedActions
  private let store: ActionStore

  /// nil where the store has no alerts.
  init?(
    _ access: StoreAccess,
    _ selection: TenantSelection,
    _ incidents: IncidentStore?
  ) throws {
    guard let incidents else { return nil }
    var tenants: [String] = []
    do {
      tenants = try access.scope(over: selection, for: .respond).tenants.map(\.name)
    } catch is AccessFailure {
      // Rules may be run by somebody who may not respond; then others execute what they ask for.
    }
    store = ActionStore(incidents)
    opened = OpenedActions(
      path: access.path,
      opened: OpenedIncidents(access: access, tenants: tenants, incidents: incidents)
    )
  }

  /// Does what waits; quick where nothing does.
  func step(_ console: Console) throws {
    guard try store.hasWork(in: opened.tenants) else { return }
    if opened.tenants.isEmpty {
      let requests = try store.takeRequests()
      if requests.taken > 0 { console.note("\(requests.taken) actions that rules ask for wait") }
      return
    }
    try opened.runOrLeave(.all, console)
  }
}
