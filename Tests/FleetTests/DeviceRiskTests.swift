import Fleet
import Glibc
import HarrierTesting
import Hunting
import TableStore
import Testing

/// Which devices and alerts count in views of devices.
@Suite("Devices that count") struct DeviceRiskTests {
  private let store: FleetStoreFixture

  /// A tenant with three devices that have an alert each; one becomes another.
  init() throws {
    store = try FleetStoreFixture()
    let seen = store.ago(days: 2)
    let devices = ["d1", "d2", "d3"]
    try store.ingest(
      devices.map { #"{"Timestamp":\#(seen),"DeviceId":"\#($0)","DeviceName":"\#($0)"}"# },
      "DeviceInfo",
      "a"
    )
    try store.ingest(
      zip(devices, ["Low", "High", "Medium"]).map {
        #"{"Timestamp":\#(seen),"AlertId":"of-\#($0)","Severity":"\#($1)"}"#
      },
      "AlertInfo",
      "a"
    )
    try store.ingest(
      devices.map { #"{"Timestamp":\#(seen),"AlertId":"of-\#($0)","DeviceId":"\#($0)"}"# },
      "AlertEvidence",
      "a"
    )
  }

  private func summary() throws -> [String: String] {
    try #require(try store.rows(DeviceQueries.summary).first)
  }

  @Test("O11: a device that was merged into another counts as that one, with its alerts")
  func merged() throws {
    #expect(try summary()["Devices"] == "3")
    #expect(try summary()["LowRisk"] == "1" && summary()["HighRisk"] == "1")
    let later = store.ago(days: 1)
    try store.ingest(
      [
        #"{"Timestamp":\#(later),"DeviceId":"d2","DeviceName":"d2","MergedToDeviceId":"d1"}"#,
        #"{"Timestamp":\#(later),"DeviceId":"d1","DeviceName":"d1","MergedDeviceIds":"d2"}"#,
      ],
      "DeviceInfo",
      "a"
    )
    let row = try summary()
    #expect(row["Devices"] == "2")
    #expect(row["HighRisk"] == "1" && row["LowRisk"] == "0", "the alert of d2 is one of d1")
    let listed = try store.rows(DeviceQueries.inventory, ["Risk": "High"])
    #expect(listed.map { $0["DeviceId"] } == ["d1"])
  }

  @Test("O11: alerts that are resolved are no risk any more") func resolved() throws {
    #expect(try summary()["HighRisk"] == "1")
    let row = { (time: String, status: String) in
      #"{"TimeGenerated":\#(time),"SystemAlertId":"of-d2","Status":"\#(status)"}"#
    }
    try store.ingest([row(store.ago(days: 2), "New")], "SecurityAlert", "a")
    #expect(try summary()["HighRisk"] == "1")
    try store.ingest([row(store.ago(days: 1), "Resolved")], "SecurityAlert", "a")
    #expect(try summary()["HighRisk"] == "0" && summary()["MediumRisk"] == "1")
    #expect(try summary()["Status"] == "ok")
  }

  @Test("O14: the health of a tenant tells which of its files fail") func health() throws {
    let open = { try TableStore.open(store.path, mode: .readOnly).snapshot() }
    let healthy = try #require(try open().tenant("a"))
    #expect(TenantHealth.issues(of: healthy).isEmpty)
    for path in try store.segments(of: "AlertInfo", "a") { #expect(truncate(path, 3) == 0) }
    let issues = TenantHealth.issues(of: try #require(try open().tenant("a")))
    #expect(issues.count == 1)
    #expect(issues.first?.hasPrefix("AlertInfo: 1 of 1 files fail (") == true)
  }
}
