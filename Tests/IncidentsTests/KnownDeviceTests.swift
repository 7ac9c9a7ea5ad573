import StructuredText
import Testing

@testable import Incidents

/// Incidents that are found by what DeviceInfo says of their devices.
struct KnownDeviceTests {
  private let world: AlertWorld

  init() throws {
    world = try AlertWorld()
    try world.take("a1", minute: 0, world.device("D1"))
    try world.take("a2", minute: 1, host("pc2", domain: "contoso.com"))
    try world.take("a3", minute: 2, world.account(("userPrincipalName", "d1@contoso.com")))
  }

  private func host(_ name: String, domain: String) -> String {
    """
    {"@odata.type":"#microsoft.graph.security.deviceEvidence","hostName":"\(name)",
    "dnsDomain":"\(domain)","osPlatform":"Linux"}
    """
  }

  private func numbers(_ filter: String) throws -> [Int] {
    try world.store.incidents(
      of: ["t"],
      filter: try IncidentFilter(reading: filter),
      order: IncidentOrder(.number, descending: false)
    )
    .incidents.map(\.reference.number)
  }

  private let d1 = KnownDevice(name: "d1", osPlatform: "Windows11", deviceGroup: "Sales")

  @Test("M09: os= and device-group= find what DeviceInfo alone says of a device")
  func found() throws {
    #expect(try numbers("os=windows11").isEmpty)
    let before = try world.incidents
    #expect(try world.store.keep([d1], of: "t") == 1)
    #expect(try numbers("os=\"Windows 11\"") == [1])
    #expect(try numbers("device-group=sales") == [1])
    // That is no change of the incident.
    #expect(try world.incidents == before)
    // What is known already changes nothing, and what comes later is found without being told.
    #expect(try world.store.keep([d1], of: "t") == 0)
    try world.take("a4", day: 20, minute: 0, title: "Other", world.device("D1"))
    let hasOwn = try world.incidents.count == 4
    #expect(try numbers("os=windows11") == (hasOwn ? [1, 4] : [1]))
  }

  @Test("a device is known by its name with its domain too, and beside what alerts say")
  func names() throws {
    let pc2 = KnownDevice(name: "pc2.contoso.com", osPlatform: "Ubuntu", deviceGroup: "")
    #expect(try world.store.keep([pc2], of: "t") == 1)
    #expect(try numbers("os=ubuntu") == [2])
    #expect(try numbers("os=linux") == [2])
  }

  @Test("what changes is found as it is now; other tenants' devices are none of it")
  func changes() throws {
    #expect(try world.store.keep([d1], of: "u") == 0)
    #expect(try world.store.knowsDevices(of: "u"))
    #expect(try !world.store.knowsDevices(of: "t"))
    _ = try world.store.keep([d1], of: "t")
    let now = KnownDevice(name: "d1", osPlatform: "Linux", deviceGroup: "")
    #expect(try world.store.keep([now], of: "t") == 1)
    #expect(try numbers("os=windows11").isEmpty)
    #expect(try numbers("device-group=sales").isEmpty)
    #expect(try numbers("os=linux") == [1, 2])
  }

  @Test("counting anew keeps it") func counting() throws {
    _ = try world.store.keep([d1], of: "t")
    var change = IncidentChange()
    change.addedTags = ["x"]
    _ = try world.store.apply(
      change,
      to: [IncidentReference(tenant: "t", number: 1)],
      by: world.analyst
    )
    #expect(try numbers("os=windows11 tag=x") == [1])
  }
}
