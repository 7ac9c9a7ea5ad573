import Columnar
import Fleet
import Hunting
import Incidents
import SourceText

/// The step behind correlation that gives incidents what the rows of DeviceInfo say of their
/// devices: the tag of those with one of high value, and the platforms and device groups by which
/// they are found.
struct DeviceInfoStep {
  private let incidents: IncidentStore
  private let devices: TenantDevices

  init(store path: String, _ incidents: IncidentStore, _ limits: RunOptions) {
    self.incidents = incidents
    devices = TenantDevices(
      store: path,
      engine: HuntingEngine(options: limits.executionOptions),
      memoryLimit: limits.memoryLimit / 4,
      timeoutSeconds: limits.timeout
    )
  }

  /// How old rows may be that tell what a device is, once those of the tenant were all read.
  private static let lookback = TimeSpan(ticks: 30 * TimeSpan.ticksPerDay)

  /// Brings the incidents of tenants up to date. What cannot be looked up is told of, and keeps
  /// nothing else from being done.
  ///
  /// - Parameter readsAll: whether all rows are read, and not those of the last 30 days.
  func run(_ tenants: Set<String>, readsAll: Bool = false, _ console: Console) throws {
    var (marked, found) = (0, 0)
    for tenant in tenants.sorted() {
      let known: DevicesOfTenant
      do {
        let isFirst = try !incidents.knowsDevices(of: tenant)
        known = try devices.devices(
          of: tenant,
          at: incidents.now,
          lookback: readsAll || isFirst ? FleetPlace.longest : Self.lookback
        )
      } catch {
        console.note(
          "the devices of \(TerminalText(tenant).text) could not be looked up: "
            + TerminalText("\(error)").text
        )
        continue
      }
      marked += try incidents.markCritical(devices: known.critical, of: tenant)
      if known.isNew { found += try incidents.keep(known.facts.map(KnownDevice.init), of: tenant) }
    }
    if marked > 0 {
      console.note("\(Counted.text(marked, "incident")) with a critical asset now")
    }
    if found > 0 {
      console.note("\(Counted.text(found, "incident")) with platforms or groups of DeviceInfo now")
    }
  }
}

extension KnownDevice {
  fileprivate init(_ facts: DevicesOfTenant.Facts) {
    self.init(name: facts.name, osPlatform: facts.osPlatform, deviceGroup: facts.deviceGroup)
  }
}
