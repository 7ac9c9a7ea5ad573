import Columnar
import Fleet
import Hunting
import OperationalStore
import Tenancy
import Testing

/// What DeviceInfo says of a tenant's devices that incidents have of them.
struct TenantDeviceTests {
  private let store: FleetStoreFixture

  init() throws {
    store = try FleetStoreFixture()
    try ingest("d1", value: "Normal", days: 3)
    try ingest("D2", value: "High", days: 3)
    try ingest("d3", value: "High", days: 40)
  }

  private func ingest(_ id: String, value: String, days: Int64, more: String = "") throws {
    try store.ingest(
      [
        #"{"Timestamp":\#(store.ago(days: days)),"DeviceId":"\#(id)","DeviceName":"PC-\#(id)","#
          + #""AssetValue":"\#(value)"\#(more)}"#
      ],
      "DeviceInfo",
      "a"
    )
  }

  private func devices() -> TenantDevices {
    TenantDevices(store: store.path, engine: HuntingEngine(clock: store.clock))
  }

  private func ask(
    _ devices: TenantDevices,
    _ tenant: String = "a",
    days: Int64 = 30
  ) throws -> DevicesOfTenant {
    try devices.devices(
      of: tenant,
      at: store.now,
      lookback: TimeSpan(ticks: days * TimeSpan.ticksPerDay)
    )
  }

  @Test("those of high value by their last rows, as long as they were seen in thirty days")
  func names() throws {
    let devices = devices()
    #expect(try ask(devices).critical == ["d2", "pc-d2"])
    #expect(try ask(devices, "b").critical.isEmpty)
    // The same object sees rows that come later.
    try ingest("D2", value: "Low", days: 2)
    try ingest("d1", value: "high", days: 1)
    #expect(try ask(devices).critical == ["d1", "pc-d1"])
  }

  @Test("one that was merged into another is none any more") func merged() throws {
    try ingest("D2", value: "High", days: 1, more: #","MergedToDeviceId":"d1""#)
    #expect(try ask(devices()).critical.isEmpty)
  }

  @Test("a suspended tenant has none") func suspended() throws {
    let access = try #require(try AccessStore.open(store: store.path, access: .readWrite))
    try access.changeTenant("a", .init(status: .suspended), by: .owner, present: ["a"])
    #expect(try ask(devices()).critical.isEmpty)
  }

  private func facts(_ devices: TenantDevices, days: Int64 = 30) throws -> [String] {
    try ask(devices, days: days).facts
      .map { "\($0.name) \($0.osPlatform) \($0.deviceGroup)" }.sorted()
  }

  @Test("what devices are is told by each of their names, as their last rows say")
  func facts() throws {
    try ingest("d1", value: "Normal", days: 2, more: #","OSPlatform":"Linux","MachineGroup":"A""#)
    try ingest(
      "d1",
      value: "Normal",
      days: 1,
      more: #","OSPlatform":"Windows11","MachineGroup":"Sales","AadDeviceId":"AAD-1""#
    )
    let devices = devices()
    #expect(
      try facts(devices) == [
        "aad-1 Windows11 Sales", "d1 Windows11 Sales", "d2  ", "pc-d1 Windows11 Sales", "pc-d2  ",
      ]
    )
    // Nothing is new until rows come; how far back is looked is the caller's.
    #expect(try !ask(devices).isNew)
    try ingest("d3", value: "Low", days: 39, more: #","OSPlatform":"macOS""#)
    #expect(try ask(devices, days: 100).isNew)
    #expect(try ask(devices).facts.contains { $0.name == "d3" && $0.osPlatform == "macOS" })
  }

  @Test("devices that share a name say of it only what all of them have")
  func shared() throws {
    let more = #","DeviceName":"PC-X","MachineGroup":"Sales","OSPlatform":"#
    for (id, platform) in [("x1", "Windows11"), ("x2", "Linux")] {
      try store.ingest(
        [
          #"{"Timestamp":\#(store.ago(days: 1)),"DeviceId":"\#(id)"\#(more)"\#(platform)"}"#
        ],
        "DeviceInfo",
        "a"
      )
    }
    let found = try facts(devices()).filter { $0.hasPrefix("pc-x") || $0.hasPrefix("x") }
    #expect(found == ["pc-x  Sales", "x1 Windows11 Sales", "x2 Linux Sales"])
  }
}
