import Fleet
import Hunting
import OperationalStore
import Tenancy
import Testing

/// Which devices are critical.
struct CriticalDeviceTests {
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

  private func devices() -> CriticalDevices {
    CriticalDevices(store: store.path, engine: HuntingEngine(clock: store.clock))
  }

  @Test("those of high value by their last rows, as long as they were seen in thirty days")
  func names() throws {
    let devices = devices()
    #expect(try devices.names(of: "a", at: store.now) == ["d2", "pc-d2"])
    #expect(try devices.names(of: "b", at: store.now).isEmpty)
    // The same object sees rows that come later.
    try ingest("D2", value: "Low", days: 2)
    try ingest("d1", value: "high", days: 1)
    #expect(try devices.names(of: "a", at: store.now) == ["d1", "pc-d1"])
  }

  @Test("one that was merged into another is none any more") func merged() throws {
    try ingest("D2", value: "High", days: 1, more: #","MergedToDeviceId":"d1""#)
    #expect(try devices().names(of: "a", at: store.now).isEmpty)
  }

  @Test("a suspended tenant has none") func suspended() throws {
    let access = try #require(try AccessStore.open(store: store.path, access: .readWrite))
    try access.changeTenant("a", .init(status: .suspended), by: .owner, present: ["a"])
    #expect(try devices().names(of: "a", at: store.now).isEmpty)
  }
}
