import Alerts
import Columnar
import FileAccess
import GRDB
import HarrierTesting
import OperationalStore
import StructuredText
import Testing

@testable import Incidents

/// What links alerts, and what does not although they share it.
struct CorrelationTests {
  private let folder: TemporaryFolder
  private let store: IncidentStore

  init() throws {
    folder = try TemporaryFolder()
    let clock = SimulatedClock(wallTicks: 639_036_432_000_000_000)
    store = try #require(
      try IncidentStore.open(store: folder.path, access: .readWrite, clock: clock)
    )
  }

  /// Takes an alert of a day and minute of January 2026 and puts it into an incident.
  private func take(
    _ id: String,
    day: Int = 10,
    minute: Int,
    severity: String = "medium",
    category: String = "Execution",
    _ evidence: String...
  ) throws {
    let text = """
      {"id":"\(id)","title":"Title of \(id)","severity":"\(severity)","status":"new",
      "serviceSource":"microsoftDefenderForEndpoint","category":"\(category)",
      "createdDateTime":"2026-01-\(day)T00:\(minute + 10):00Z",
      "evidence":[\(evidence.joined(separator: ","))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    #expect(try AlertIntake(store).take([node]) { _ in "t" }.refused.isEmpty)
    _ = try IncidentPipeline(store).run()
  }

  private func account(_ fields: (String, String)...) -> String {
    let members = fields.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",")
    return """
      {"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":{\(members)}}
      """
  }

  private func device(_ id: String) -> String {
    """
    {"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"\(id)"}
    """
  }

  private func file(_ letter: String, in folder: String, verdict: String = "suspicious") -> String {
    """
    {"@odata.type":"#microsoft.graph.security.fileEvidence","verdict":"\(verdict)",
    "fileDetails":{"fileName":"x.exe","filePath":"\(folder.replacing("\\", with: "\\\\"))",
    "sha1":"\(String(repeating: letter, count: 40))"}}
    """
  }

  private var counts: [Int] {
    get throws {
      try store.incidents(
        of: ["t"],
        filter: try IncidentFilter(reading: ""),
        order: IncidentOrder(.number, descending: false),
        me: "ann"
      )
      .incidents.map(\.alertCount)
    }
  }

  @Test("products that know a user by other names mean one, once an alert carries both")
  func names() throws {
    let sid = ("userSid", "S-1-5-21-1-2-3-1104")
    let address = ("userPrincipalName", "amy@contoso.com")
    let object = ("azureAdUserId", "1f2e3d4c-0000-4000-8000-000000000001")
    try take("a1", minute: 0, account(sid), device("d1"))
    try take("a2", minute: 1, account(address), device("d2"))
    #expect(try counts == [1, 1])
    // Days before, so that it links nothing itself, but tells that they are one.
    try take("old", day: 1, minute: 0, severity: "informational", account(sid, address))
    try take("a3", minute: 2, category: "LateralMovement", account(object, address), device("d3"))
    // The address is the third's, the number of the first is known through the old one.
    try take("a4", minute: 3, category: "Exfiltration", account(sid), device("d4"))
    #expect(try counts.max() == 4)
  }

  @Test("files of the system link nothing, unless they are malicious") func systemFiles() throws {
    let folder = #"C:\Windows\System32"#
    try take("a1", minute: 0, file("a", in: folder), device("d1"))
    try take("a2", minute: 1, file("a", in: folder), device("d2"))
    #expect(try counts == [1, 1])
    try take("a3", minute: 2, file("b", in: folder, verdict: "malicious"), device("d3"))
    try take("a4", minute: 3, file("b", in: folder, verdict: "malicious"), device("d4"))
    try take("a5", minute: 4, file("c", in: #"C:\Windows\Temp"#), device("d5"))
    try take("a6", minute: 5, file("c", in: #"C:\Windows\Temp"#), device("d6"))
    #expect(try counts == [1, 1, 2, 2])
  }

  @Test("what alerts had days before is routine and links nothing") func routine() throws {
    try take("old", day: 2, minute: 0, file("a", in: #"C:\Tools"#), device("d0"))
    try take("a1", minute: 0, file("a", in: #"C:\Tools"#), device("d1"))
    try take("a2", minute: 1, file("a", in: #"C:\Tools"#), device("d2"))
    #expect(try counts == [1, 1, 1])
  }

  @Test("an informational alert is linked by what it has, not by whose it is") func quiet() throws {
    let amy = account(("userPrincipalName", "amy@contoso.com"))
    try take("a1", minute: 0, category: "InitialAccess", amy, device("d1"))
    try take("a2", minute: 1, severity: "informational", amy, device("d1"))
    #expect(try counts == [1, 1])
    try take("a3", minute: 2, severity: "informational", amy, file("a", in: #"C:\Users\amy"#))
    try take("a4", minute: 3, file("a", in: #"C:\Users\amy"#), device("d9"))
    #expect(try counts == [1, 1, 2])
  }

  @Test(
    "folders of the system, as products write them",
    arguments: [
      (#"C:\Windows\System32"#, true), (#"c:\program files\7-zip"#, true), ("/usr/bin", true),
      (#"\Device\HarddiskVolume3\Windows"#, true), (#"C:\Windows\Temp\a"#, false),
      (#"C:\Users\amy"#, false), (#"C:\Program Files\..\Users"#, false), ("", false),
      (#"D:\WindowsApps"#, false),
    ]
  )
  func folders(folder: String, isSystem: Bool) { #expect(SystemFolder.holds(folder) == isSystem) }
}
