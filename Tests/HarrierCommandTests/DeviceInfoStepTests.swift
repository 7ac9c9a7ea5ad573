import Testing

@testable import HarrierCommand

/// What incidents have of the rows of DeviceInfo, by the commands.
struct DeviceInfoStepTests {
  private let store: CommandStore

  init() throws { store = try CommandStore() }

  private func ingest(_ platform: String, at time: String) throws {
    let row = """
      {"Timestamp":"\(time)","DeviceId":"t-a1","DeviceName":"pc.contoso.com",\
      "OSPlatform":"\(platform)","MachineGroup":"Sales"}
      """
    let path = try store.file("devices.ndjson", row)
    #expect(
      try store.run("ingest --store STORE --tenant t --table DeviceInfo \(path)").code == 0
    )
  }

  private func found(_ filter: String) throws -> Int {
    let list = try store.run("incidents list --store STORE --format csv --filter \(filter)")
    return list.output.split(separator: "\n").count - 1
  }

  @Test("M09: incidents are found by rows of DeviceInfo, by later ones once correlated")
  func found() throws {
    try ingest("Windows10", at: "2020-01-01T00:00:00Z")
    try store.addAlerts("a1", of: "t")
    #expect(try found("os=windows10") == 1)
    #expect(try found("device-group=sales") == 1)
    #expect(try found("os=windows11") == 0)
    try ingest("Windows11", at: "2020-01-02T00:00:00Z")
    #expect(try found("os=windows10") == 1)
    #expect(try store.run("incidents correlate --store STORE").code == 0)
    #expect(try found("os=windows11") == 1)
    #expect(try found("os=windows10") == 0)
  }
}
