import Testing

@testable import Incidents

/// Incidents with critical devices.
struct CriticalAssetTests {
  private let world: AlertWorld

  init() throws {
    world = try AlertWorld()
    try world.take("a1", minute: 0, world.device("D1"))
    try world.take("a2", minute: 1, world.device("d2"))
    try world.take("a3", minute: 2, world.account(("userPrincipalName", "d1@contoso.com")))
  }

  private func tags() throws -> [[String]] {
    try world.incidents.map { try world.details($0.reference.number).tags }
  }

  @Test("an open incident with a critical device has the tag, and ten points more")
  func mark() throws {
    let before = try world.incidents[0].priority
    #expect(try world.store.markCritical(devices: ["d1", "pc-d1"], of: "t") == 1)
    #expect(try tags() == [["Critical asset"], [], []])
    #expect(try world.incidents[0].priority == before + 10)
    let details = try world.details(1)
    #expect(details.priority.factors.contains { $0.name == "critical asset" && $0.points == 10 })
    let entry = try #require(details.history.last { $0.action == "tag added" })
    #expect(entry.new == "Critical asset" && entry.comment == "the device d1 is of high value")
    // Once is enough, also where the device is none any more.
    #expect(try world.store.markCritical(devices: ["d1"], of: "t") == 0)
    #expect(try world.store.markCritical(devices: [], of: "t") == 0)
    #expect(try tags()[0] == ["Critical asset"])
  }

  @Test("nobody takes the tag of the system away") func stays() throws {
    _ = try world.store.markCritical(devices: ["d1"], of: "t")
    var change = IncidentChange()
    change.removedTags = ["Critical asset"]
    _ = try world.store.apply(
      change,
      to: [IncidentReference(tenant: "t", number: 1)],
      by: world.analyst
    )
    #expect(try tags()[0] == ["Critical asset"])
  }

  @Test("those that are resolved, of other tenants or name users like devices are left alone")
  func others() throws {
    var change = IncidentChange()
    change.status = .resolved
    _ = try world.store.apply(
      change,
      to: [IncidentReference(tenant: "t", number: 2)],
      by: world.analyst
    )
    #expect(try world.store.markCritical(devices: ["d2", "d1@contoso.com"], of: "t") == 0)
    #expect(try world.store.markCritical(devices: ["d1"], of: "u") == 0)
    #expect(try tags() == [[], [], []])
  }
}
