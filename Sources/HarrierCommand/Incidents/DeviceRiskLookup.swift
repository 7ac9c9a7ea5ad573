import Columnar
import Fleet
import Incidents

/// Risk and exposure of the devices of an incident, as `harrier devices` tells them.
struct DeviceRiskLookup {
  private let lookup: TenantLookup

  init(_ place: TenantPlace, _ limits: RunOptions) {
    lookup = TenantLookup(place: place, limits: limits)
  }

  func risks(
    of devices: [IncidentEvidence],
    in tenant: String,
    _ console: Console
  ) throws -> DeviceRisks {
    let names = devices.map { DeviceNames($0.evidence) }
    if names.isEmpty { return DeviceRisks([]) }
    let rows = try lookup.rows(
      of: DeviceQueries.namedOfAll,
      in: tenant,
      lists: ["Ids": names.compactMap(\.id), "Names": names.flatMap(\.names)],
      what: "risk and exposure of devices",
      console
    )
    var found: [DeviceRisks.Known] = []
    try rows?.forEachNamedRow { row in
      let text = { (name: String) in row[name]?.plainText ?? "" }
      found.append(
        DeviceRisks.Known(
          id: text("AskedId"),
          name: text("DeviceName"),
          risk: DeviceRisk(
            risk: text("RiskLevel"),
            exposure: text("ExposureLevel"),
            value: text("AssetValue")
          )
        )
      )
    }
    return DeviceRisks(found)
  }
}
