import Execution
import Fleet
import Glibc
import HarrierTesting
import Hunting
import OperationalStore
import SourceText
import Tenancy
import Testing

/// Views of devices: every number is what a query over the last rows of DeviceInfo says.
@Suite("Devices of a fleet") struct DeviceViewTests {
  private let store: FleetStoreFixture

  /// Two tenants whose devices were seen several times with values that change.
  init() throws {
    store = try FleetStoreFixture()
    for (tenant, count) in [("a", 14), ("b", 9)] {
      let lines = (0..<count * 3).map { Self.device($0, of: count, tenant, store) }
      try store.ingest(lines, "DeviceInfo", tenant)
    }
    let seen = store.ago(days: 1)
    let alerts = ["High", "Low", "Medium", "Informational"].enumerated()
    try store.ingest(
      alerts.map { #"{"Timestamp":\#(seen),"AlertId":"\#($0)","Severity":"\#($1)"}"# },
      "AlertInfo",
      "a"
    )
    try store.ingest(
      [(0, 0), (1, 0), (1, 1), (2, 2), (3, 3)].map { alert, device in
        #"{"Timestamp":\#(seen),"AlertId":"\#(alert)","DeviceId":"a\#(device)"}"#
      },
      "AlertEvidence",
      "a"
    )
  }

  /// The row of a number: rounds of all devices, each some days after the one before.
  private static func device(
    _ number: Int,
    of count: Int,
    _ tenant: String,
    _ store: FleetStoreFixture
  ) -> String {
    let (round, device) = number.quotientAndRemainder(dividingBy: count)
    let value = { (all: [String]) in all[(device * 7 + round * 3) % all.count] }
    let days = Int64(20 - round * 9)
    return """
      {"Timestamp":\(store.ago(days: device == 5 ? 3 : days)),"DeviceId":"\(tenant)\(device)",\
      "DeviceName":"\(tenant)-\(device)","DeviceType":"\(value(["Workstation", "Server", "IoT"]))",\
      "OSPlatform":"\(value(["Windows11", "Linux"]))",\
      "OnboardingStatus":"\(value(["Onboarded", "Can be onboarded", "Insufficient info"]))",\
      "ExposureLevel":"\(value(["High", "Medium", "Low", "None"]))",\
      "AssetValue":"\(value(["High", "Normal", "Low"]))",\
      "IsInternetFacing":\(value(["true", "false", "null"])),\
      "SensorHealthState":"\(value(["Active", "Inactive"]))",\
      "DeviceManualTags":"[\\"t\(device % 2)\\"]","DeviceDynamicTags":"[not","RegistryDeviceTag":"Reg"}
      """
  }

  private static let last =
    "DeviceInfo | where Timestamp > ago(30d) "
    + "| summarize arg_max(Timestamp, *) by TenantId, DeviceId "

  @Test(
    "Totals are the sum of the tenants, and both what a query over the last rows counts",
    arguments: [
      ("Devices", "true"), ("Onboarded", "OnboardingStatus == 'Onboarded'"),
      ("CanBeOnboarded", "OnboardingStatus == 'Can be onboarded'"),
      ("InsufficientInfo", "OnboardingStatus == 'Insufficient info'"),
      ("Unsupported", "OnboardingStatus == 'Unsupported'"),
      ("HighExposure", "ExposureLevel == 'High'"), ("LowExposure", "ExposureLevel == 'Low'"),
      ("MediumExposure", "ExposureLevel == 'Medium'"), ("HighValue", "AssetValue == 'High'"),
      ("InternetFacing", "IsInternetFacing == true"), ("Servers", "DeviceType == 'Server'"),
      ("Workstations", "DeviceType == 'Workstation'"), ("OtherTypes", "DeviceType == 'IoT'"),
    ]
  ) func totals(_ column: String, _ condition: String) throws {
    let rows = try store.rows(DeviceQueries.summary)
    #expect(rows.map { $0["Tenant"] } == ["a", "b", "all"])
    let numbers = rows.compactMap { $0[column].flatMap(Int.init) }
    try #require(numbers.count == 3)
    #expect(numbers[0] + numbers[1] == numbers[2])
    let text = Self.last + "| summarize n = countif(\(condition))"
    #expect(try store.hunt(text).first?["n"] == String(numbers[2]))
    #expect(try store.hunt(text, in: "a").first?["n"] == String(numbers[0]))
  }

  @Test("Risk is the worst severity of a device's alerts; new is what was first seen this week")
  func derived() throws {
    let row = try #require(try store.rows(DeviceQueries.summary).first)
    #expect(row["HighRisk"] == "1")
    #expect(row["MediumRisk"] == "1")
    #expect(row["LowRisk"] == "1")
    #expect(row["NewlyDiscovered"] == "1")
    let named = try store.rows(DeviceQueries.inventory, ["Risk": "high,Informational"])
    #expect(named.map { $0["DeviceName"] } == ["a-0", "a-3"])
  }

  @Test("Each breakdown adds up to the devices", arguments: DeviceQueries.dimensions)
  func breakdown(_ dimension: String) throws {
    let rows = try store.rows(DeviceQueries.breakdown, ["By": dimension])
    var devices: [String: Int] = [:]
    for row in rows {
      devices[row["Tenant"] ?? "", default: 0] += row["Devices"].flatMap(Int.init) ?? 0
    }
    #expect(devices == ["a": 14, "b": 9, "all": 23])
    #expect(Set(rows.map { $0["Value"] }).count > 1)
  }

  @Test(
    "Filters let through what the same condition does",
    arguments: [
      ("Exposure", "HIGH,low", "ExposureLevel in ('High', 'Low')"),
      ("Criticality", "High", "AssetValue == 'High'"), ("Os", "linux", "OSPlatform == 'Linux'"),
      ("Onboarding", "Can be onboarded", "OnboardingStatus == 'Can be onboarded'"),
      ("Health", "Inactive", "SensorHealthState == 'Inactive'"),
      ("Type", "Server", "DeviceType == 'Server'"), ("Name", "A-1", "DeviceName contains 'a-1'"),
      ("InternetFacing", "true", "IsInternetFacing == true"),
      ("InternetFacing", "false", "not(coalesce(IsInternetFacing, false))"),
      ("Tag", "T1", "DeviceManualTags has 't1'"), ("Tag", "reg", "true"),
      ("Tag", "x' or 1==1", "false"),
    ]
  ) func filters(_ parameter: String, _ value: String, _ condition: String) throws {
    let listed = try store.rows(DeviceQueries.inventory, [parameter: value])
    let wanted = try store.hunt(Self.last + "| where \(condition) | project DeviceId")
    #expect(Set(listed.map { $0["DeviceId"] }) == Set(wanted.map { $0["DeviceId"] }))
    #expect(listed.count == wanted.count)
  }

  @Test("A tenant without tables counts zero, and what it lacks is said") func missing() throws {
    try store.ingest([#"{"Timestamp":\#(store.ago(days: 1))}"#], "DeviceEvents", "c")
    let answer = try store.answer([DeviceQueries.summary])
    let rows = try FleetStoreFixture.cells(answer.results[0])
    #expect(rows.map { $0["Devices"] } == ["14", "9", "0", "23"])
    #expect(rows[2]["Status"] == "no rows of AlertEvidence, AlertInfo, DeviceInfo")
    #expect(rows[1]["Status"] == "no rows of AlertEvidence, AlertInfo")
    #expect(rows[0]["Status"] == "ok")
    #expect(answer.missing.map(\.tenant) == ["b", "c"])
    #expect(answer.failures.isEmpty)
  }

  @Test("A database of alerts without any is no failure") func noAlerts() throws {
    let answer = try store.answer([DeviceQueries.summary], supplements: [NoAlerts()])
    let rows = try FleetStoreFixture.cells(answer.results[0])
    #expect(rows.map { $0["Devices"] } == ["14", "9", "23"])
    #expect(rows.map { $0["Status"] } == ["ok", "ok", "ok"])
    #expect(answer.failures.isEmpty)
  }

  @Test("A tenant whose files are damaged has no numbers; the others have theirs")
  func damaged() throws {
    for path in try store.segments(of: "DeviceInfo", "b") { #expect(truncate(path, 3) == 0) }
    let answer = try store.answer([DeviceQueries.summary, DeviceQueries.inventory])
    let rows = try FleetStoreFixture.cells(answer.results[0])
    #expect(rows.map { $0["Devices"] } == ["14", "null", "14"])
    #expect(rows[1]["Status"]?.contains("error: ") == true)
    #expect(rows[2]["Status"] == "1 of 2 tenants")
    #expect(answer.failures.map(\.tenant.name) == ["b"])
    #expect(answer.results[1].rowCount == 14)
    for path in try store.segments(of: "DeviceInfo", "a") { #expect(truncate(path, 3) == 0) }
    let none = try store.rows(DeviceQueries.summary)
    #expect(none.last?["Status"] == "0 of 2 tenants")
  }

  @Test("Rows of one tenant that name another count for nobody else") func foreign() throws {
    let row = """
      {"Timestamp":\(store.ago(days: 1)),"DeviceId":"a0","TenantId":"a","TenantName":"a",\
      "Tenant":"a"}
      """
    try store.ingest([row], "DeviceInfo", "c")
    let rows = try store.rows(DeviceQueries.summary)
    #expect(rows.map { $0["Devices"] } == ["14", "9", "1", "24"])
  }

  @Test("Hostile names come to terminals as text") func hostile() throws {
    let name = #"\u001b]0;x\u0007\u202e\u001b[2Jevil"#
    let row = #"{"Timestamp":\#(store.ago(days: 1)),"DeviceId":"x","DeviceName":"\#(name)"}"#
    try store.ingest([row], "DeviceInfo", "b")
    let answer = try store.answer([DeviceQueries.inventory], ["Name": "evil"])
    #expect(answer.results[0].rowCount == 1)
    var bytes: [UInt8] = []
    try ResultWriter(format: .table).write(answer.results[0]) { bytes += $0 }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("evil"))
    #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x07 })
    #expect(!text.unicodeScalars.contains { $0.value == 0x202E })
  }

  @Test("A principal sees the tenants that it may hunt in, and no others") func scoped() throws {
    let access = try #require(
      try AccessStore.open(store: store.path, access: .readWrite, clock: store.clock)
    )
    try access.addPrincipal("ana", by: .owner)
    try access.grant(
      [.hunt],
      to: "ana",
      for: [.tenant("a")],
      expiresAt: nil,
      by: .owner,
      present: ["a", "b"]
    )
    let state = try access.state()
    let scope = try store.scope(of: try state.principal(named: "ana"), in: state)
    let rows = try store.rows(DeviceQueries.summary, scope: scope)
    #expect(rows.map { $0["Tenant"] } == ["a", "all"])
    #expect(rows.map { $0["Devices"] } == ["14", "14"])
    let listed = try store.rows(DeviceQueries.inventory, scope: scope)
    #expect(Set(listed.map { $0["Tenant"] }) == ["a"])
  }

  @Test("Each shipped query binds by itself over the product's tables") func binds() {
    for query in DeviceQueries.all + VulnerabilityQueries.all {
      guard case .tenant = query.place else { continue }
      let checked = HuntingEngine().check(SourceText(query.text))
      #expect(checked.diagnostics.isEmpty, "\(query.name): \(checked.diagnostics)")
    }
    let names = (DeviceQueries.all + VulnerabilityQueries.all).map(\.name)
    #expect(Set(names).count == names.count)
  }
}
