import Alerts
import DetectionRules
import GRDB
public import OperationalStore

extension IncidentStore {
  /// The most names that are kept in one transaction.
  private static let most = 2_000

  /// Whether anything was kept of a tenant's devices.
  public func knowsDevices(of tenant: String) throws(StoreFailure) -> Bool {
    try database.read { try IncidentReader(database: $0).knowsDevices(of: tenant) }
  }

  /// Keeps what DeviceInfo says of devices of a tenant, and has its incidents found by it; what was
  /// kept of others stays. That is no change of an incident: it is not updated by it.
  ///
  /// - Returns: how many incidents are found by something else now.
  public func keep(_ devices: [KnownDevice], of tenant: String) throws(StoreFailure) -> Int {
    let known = try database.read { try IncidentReader(database: $0).knownDevices(of: tenant) }
    let news = devices.filter { device in
      known[device.name] ?? KnownDevice(name: device.name, osPlatform: "", deviceGroup: "")
        != device
    }
    .sorted { $0.name < $1.name }
    var changed: Set<Int64> = []
    for start in stride(from: 0, to: news.count, by: Self.most) {
      let some = Array(news[start..<min(news.count, start + Self.most)])
      changed.formUnion(try write { try $0.keep(some, of: tenant) })
    }
    return changed.count
  }
}

extension IncidentReading {
  fileprivate func knowsDevices(of tenant: String) throws -> Bool {
    try !rows("SELECT 1 FROM known_devices WHERE tenant = ? LIMIT 1", [tenant]).isEmpty
  }

  /// What is kept of a tenant's devices, by their names.
  fileprivate func knownDevices(of tenant: String) throws -> [String: KnownDevice] {
    let devices = try rows(
      "SELECT name, os_platform, device_group FROM known_devices WHERE tenant = ?",
      [tenant]
    ) { KnownDevice(name: $0[0], osPlatform: $0[1], deviceGroup: $0[2]) }
    return Dictionary(devices.map { ($0.name, $0) }) { first, _ in first }
  }

  /// What DeviceInfo says of the devices of some evidence, each by the best of its names that it
  /// knows.
  func knownDevices(of assets: [Evidence], in tenant: String) throws -> [KnownDevice] {
    // Many tenants have no DeviceInfo, and names are found for each incident that is counted.
    if try !knowsDevices(of: tenant) { return [] }
    let named = assets.filter { AssetIdentity($0)?.kind == .device }.map(\.namesInDeviceInfo)
    if named.allSatisfy(\.isEmpty) { return [] }
    let found = try rows(
      """
      SELECT name, os_platform, device_group FROM json_each(?) AS names
      JOIN known_devices AS known ON known.tenant = ? AND known.name = names.value
      """,
      [StoredJSON.list(Set(named.flatMap(\.self)).sorted()), tenant]
    ) { KnownDevice(name: $0[0], osPlatform: $0[1], deviceGroup: $0[2]) }
    if found.isEmpty { return [] }
    let byName = Dictionary(found.map { ($0.name, $0) }) { first, _ in first }
    return named.compactMap { $0.lazy.compactMap { byName[$0] }.first }
  }

  /// Incidents of a tenant that may tell of devices of some names.
  fileprivate func incidents(naming devices: [KnownDevice], of tenant: String) throws -> [Int64] {
    // Evidence may have the name and the domain of a device each by itself.
    let names = devices.flatMap { [$0.name, String($0.name.prefix { $0 != "." })] }
    return try rows(
      """
      SELECT DISTINCT incidents.id FROM json_each(?) AS names
      JOIN incident_facets AS facets ON facets.kind = 'entity' AND facets.value = names.value
      JOIN incidents ON incidents.id = facets.incident
      WHERE incidents.tenant = ?
      """,
      [StoredJSON.list(Set(names).sorted()), tenant]
    ) { $0[0] }
  }
}

extension IncidentWriter {
  /// - Returns: the incidents that are found by something else now.
  fileprivate func keep(_ devices: [KnownDevice], of tenant: String) throws -> [Int64] {
    for device in devices {
      try run(
        """
        INSERT OR REPLACE INTO known_devices (tenant, name, os_platform, device_group)
        VALUES (?, ?, ?, ?)
        """,
        [tenant, device.name, device.osPlatform, device.deviceGroup]
      )
    }
    return try incidents(naming: devices, of: tenant).filter { id in
      let assets = try assets(of: id)
      let known = try knownDevices(of: assets, in: tenant)
      return try setFacets(
        DeviceFacets(assets, known: known).facets,
        ofKinds: DeviceFacets.kinds,
        of: id
      )
    }
  }
}

extension Evidence {
  /// By what DeviceInfo may know a device, in small letters, the best first.
  fileprivate var namesInDeviceInfo: [String] {
    let names = DeviceNames(self)
    return ([names.id, self["AzureID"]].compactMap { $0 } + names.names).map { $0.lowercased() }
  }
}
