import Alerts
import Detections
import FileAccess
import HarrierTesting
import Incidents
import OperationalStore
import StructuredText
import Testing

/// Tuning of alerts of other products.
struct ImportedTuningTests {
  private let folder: TemporaryFolder
  private let detections: DetectionStore
  private let incidents: IncidentStore
  private let clock = SimulatedClock(wallTicks: 639_036_432_000_000_000)

  init() throws {
    folder = try TemporaryFolder()
    detections = try #require(
      try DetectionStore.open(store: folder.path, access: .readWrite, clock: clock)
    )
    incidents = try #require(
      try IncidentStore.open(store: folder.path, access: .readWrite, clock: clock)
    )
  }

  private func take(_ id: String, device: String, status: String = "new") throws {
    let text = """
      {"id":"\(id)","title":"Scan","severity":"low","status":"\(status)","category":"Execution",
      "serviceSource":"microsoftDefenderForEndpoint","detectionSource":"antivirus",
      "createdDateTime":"2026-01-10T00:00:00Z","evidence":[
      {"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"\(device)"}]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    #expect(try AlertIntake(incidents).take([node]) { _ in "t" }.refused.isEmpty)
    _ = try IncidentPipeline(incidents).run()
  }

  private func add(_ name: String, _ condition: String, _ action: TuningRule.Action) throws {
    try detections.addTuning(
      name,
      when: condition,
      action,
      tenant: nil,
      comment: "",
      by: "owner"
    )
  }

  @Test("alerts of other products are tuned, by the conditions that a test of them shows")
  func imported() throws {
    let condition = "title = scan and host.DeviceId = lab-*"
    try take("before", device: "lab-0")
    try add("labs", condition, .resolve)
    try add("hidden", "host.DeviceId = hidden", .hide)
    try take("a1", device: "LAB-1")
    try take("a2", device: "hidden")
    try take("a3", device: "other")
    try take("a4", device: "lab-4", status: "resolved")
    func status(_ id: String) throws -> AlertStatus? {
      try incidents.alert(id, of: "t")?.alert.status
    }
    #expect(try status("before") == .new, "what was there before stays")
    #expect(try status("a1") == .resolved)
    #expect(try status("a2") == .resolved, "it is there already, so that nothing hides it")
    #expect(try status("a3") == .new)
    #expect(try incidents.alert("a1", of: "t")?.incident?.status == .resolved)
    #expect(try detections.tuningRules().map(\.hits) == [1, 1])
    let tested = try detections.alerts(of: "t", when: condition).map(\.status)
    #expect(tested.sorted() == ["new", "resolved", "resolved"])
    // What is new of an alert is no alert that is raised later.
    try take("a1", device: "LAB-1")
    #expect(try detections.tuningRules().map(\.hits) == [1, 1])
  }
}
