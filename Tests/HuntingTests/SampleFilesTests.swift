import Columnar
import FileAccess
import Hunting
import Testing

/// Loads real files: the project's own samples, and those of the shared folder.
struct SampleFilesTests {
  private static let tables = [
    "AlertEvidence", "AlertInfo", "DeviceInfo", "DeviceLogonEvents", "DeviceNetworkEvents",
    "DeviceProcessEvents", "DeviceTvmSoftwareVulnerabilities", "EmailEvents",
  ]

  private func load(
    _ table: String,
    _ path: String
  ) throws -> (table: ColumnTable, report: IngestionReport) {
    try TableLoader().load(LoadRequest(table: table, paths: [path]))
  }

  @Test(arguments: ["contoso", "fabrikam"], tables)
  func `samples of a tenant fit their tables`(tenant: String, name: String) throws {
    let path = "\(SharedFolder.repository)/Samples/\(tenant)/\(name).ndjson"
    let (table, report) = try load(name, path)
    #expect(table.rowCount > 0)
    #expect(report.messages == [])
    #expect(report.addedColumns == [])
  }

  private static let published: [(String, String, Int)] = [
    ("mde/device_timeline_export.csv", "DeviceEvents", 129),
    ("mde/identity_activity_log.csv", "Activity", 15),
    ("mde/process_creation_raw.csv", "Raw", 1564),
    ("sentinel/SecurityAlert.csv", "SecurityAlert", 189),
    ("sentinel/AzureNetworkAnalytics.csv", "AzureNetworkAnalytics_CL", 460),
    ("sentinel/OfficeActivity_exchange.csv", "OfficeActivity", 1334),
  ]

  @Test(
    .enabled(if: SharedFolder.isPresent, "the folder ../shared is not here"),
    arguments: published
  )
  func `published files of known size load whole`(
    path: String,
    table: String,
    rows: Int
  ) throws {
    let (loaded, report) = try load(table, "\(SharedFolder.path)/samples/\(path)")
    #expect(loaded.rowCount == rows)
    #expect(report.badLines == [])
  }

  @Test(.enabled(if: SharedFolder.isPresent, "the folder ../shared is not here"))
  func `every published file loads without a bad line`() throws {
    let files = LocalFileSystem()
    let root = "\(SharedFolder.path)/samples"
    for folder in ["mde", "sentinel", "osquery", "mordor", "kusto", "vocab"] {
      for name in try files.list("\(root)/\(folder)") {
        let (table, report) = try load("T", "\(root)/\(folder)/\(name)")
        #expect(table.rowCount > 0, "\(name)")
        #expect(report.badLines == [], "\(name)")
      }
    }
  }
}
