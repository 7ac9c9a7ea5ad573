import Detections
import FileAccess
import Testing

/// A folder with a rule and its tests, in memory.
struct TestFolder {
  let files: SimulatedFileSystem
  static let testPath = "rules/r.tests.yaml"

  static let rule = """
    displayName: R
    queryCondition:
      queryText: |
        DeviceProcessEvents
        | where FileName == "bad.exe"
        | project Timestamp, DeviceId, ReportId, AccountName, ProcessCommandLine
    schedule: {period: PT1H}
    detectionAction:
      alertTemplate:
        title: "bad on {{DeviceId}}"
        description: "d"
        severity: high
        category: Execution
        customDetails: {User: AccountName}
        impactedAssets:
          - {"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}
    """

  init(_ tests: String, rule: String = Self.rule, others: [String: String] = [:]) {
    let own = [Self.testPath: tests, "rules/r.yaml": rule]
    files = SimulatedFileSystem(texts: own.merging(others) { $1 })
  }

  var tests: RuleTestFile { RuleTestFile(Self.testPath, in: files) }

  func run() throws -> RuleTestSummary {
    try RuleTestRunner(files: files, clock: SimulatedClock(wallTicks: 0)).run([tests], jobs: 2)
  }

  /// A case with rows of `DeviceProcessEvents`.
  static func test(_ rows: [String], expect: String, more: String = "") -> String {
    """
    cases:
      - name: c
        \(more)
        events:
          DeviceProcessEvents:
    \(rows.map { "        - {\($0)}" }.joined(separator: "\n"))
        expect: \(expect)
    """
  }

  static func row(_ time: String, _ device: String = "d1", _ report: Int = 1, user: String = "ana")
    -> String
  {
    "Timestamp: \(time), DeviceId: \(device), ReportId: \(report), AccountName: \(user), "
      + "FileName: bad.exe"
  }
}
