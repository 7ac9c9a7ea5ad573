import Fleet
import Hunting
import Incidents
import SourceText

/// The step behind correlation that marks incidents with critical devices: those of high value by
/// the last rows of DeviceInfo.
struct CriticalAssetStep {
  private let incidents: IncidentStore
  private let devices: CriticalDevices

  init(store path: String, _ incidents: IncidentStore, _ limits: RunOptions) {
    self.incidents = incidents
    devices = CriticalDevices(
      store: path,
      engine: HuntingEngine(options: limits.executionOptions),
      memoryLimit: limits.memoryLimit / 4,
      timeoutSeconds: limits.timeout
    )
  }

  /// Marks the open incidents of tenants. What cannot be looked up is told of, and keeps nothing
  /// else from being done.
  func mark(_ tenants: Set<String>, _ console: Console) throws {
    var marked = 0
    for tenant in tenants.sorted() {
      let names: Set<String>
      do {
        names = try devices.names(of: tenant, at: incidents.now)
      } catch {
        console.note(
          "the critical devices of \(TerminalText(tenant).text) could not be looked up: "
            + TerminalText("\(error)").text
        )
        continue
      }
      marked += try incidents.markCritical(devices: names, of: tenant)
    }
    if marked > 0 {
      console.note("\(Counted.text(marked, "incident")) with a critical asset now")
    }
  }
}
