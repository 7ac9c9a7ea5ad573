import Columnar
import DetectionRules
import Detections
import StructuredText
import Testing

/// Rules over months: what is forgotten of their runs, and what turning them off leaves out.
extension StoreScheduleTests {
  private var runCount: Int {
    get throws { try detections.runs(of: "PsExec", last: 10_000).count }
  }

  /// Lets old runs be forgotten until none are left.
  private func forget(days: Int) throws -> RunRetention.Report? {
    var retention = RunRetention(detections, tenants: ["t"], days: days)
    for _ in 0..<100 {
      if let report = try retention.step() { return report }
    }
    return nil
  }

  @Test("old runs are forgotten, but for the newest and those of alerts") func oldRuns() throws {
    try add("frequency: PT1H")
    try ingest((5, 1))
    try tick()
    for _ in 0..<100 {
      pass(hours: 1)
      try tick()
    }
    let all = try runCount
    #expect(all >= 100)
    let report = try #require(try forget(days: 2))
    // The first run raised the alert.
    let left = all - (report.runs["t"] ?? 0)
    #expect(try runCount == left)
    #expect((48...51).contains(left))
    #expect(try detections.runs(of: "PsExec", last: 1_000).last?.alerts == 1)
    #expect(try forget(days: 2) == nil)
    pass(hours: 24 * 400)
    #expect(try forget(days: 2)?.runs["t"] == left - 2)
    #expect(try runCount == 2)
  }

  @Test("runs of other tenants stay") func runsOfOthers() throws {
    try add("frequency: PT1H")
    for _ in 0..<60 {
      try tick()
      pass(hours: 1)
    }
    var retention = RunRetention(detections, tenants: ["u"], days: 1)
    for _ in 0..<100 { #expect(try retention.step() == nil) }
    #expect(try runCount == 60)
  }

  @Test("keys of events are kept with their runs until no run can reach them") func keys() throws {
    // Two events of one alert: only the first run is the alert's.
    try add("frequency: PT1H", grouping: "alertPerEvent")
    try ingest((5, 1))
    try tick()
    pass(hours: 1)
    try ingest((5, 1))
    try tick()
    pass(hours: 1)
    try tick()
    #expect(try detections.alerts(of: "t").map(\.eventCount) == [2])
    pass(hours: 24 * 10)
    try tick()
    _ = try forget(days: 1)
    // The second run has keys and no alert.
    #expect(try runCount == 3)
    pass(hours: 24 * 120)
    try tick()
    pass(hours: 1)
    try tick()
    _ = try forget(days: 1)
    #expect(try detections.runs(of: "PsExec", last: 9).map(\.alerts).filter { $0 > 0 } == [1])
    #expect(try runCount == 3)
  }

  @Test("what a rule missed while it was off is a gap, and is not late") func off() throws {
    try add("frequency: PT1H")
    try ingest((5, 1))
    try tick()
    let rule = try #require(try detections.rule(named: "PsExec")?.rule)
    try detections.turnOff(rule.id, in: "t")
    pass(hours: 10)
    try ingest((8 * 60, 2), (60, 3))
    #expect(try tick().isEmpty)
    try detections.turnOn(rule, in: "t", newest: ["DeviceProcessEvents": 3])
    pass(hours: 1)
    #expect(try tick().map(\.cause) == [.scheduled])
    // The usual window of four hours is looked at.
    #expect(try titles == ["PsExec on d1", "PsExec on d3"])
    #expect(try detections.gaps("t", "PsExec").map(\.reason) == [.disabled])
    // What comes late from now on is found.
    try ingest((7 * 60, 4))
    pass(hours: 1)
    #expect(try tick().map(\.cause).contains(.late))
    #expect(try titles.contains("PsExec on d4"))
  }

  @Test("events are late also in a table that had no rows before") func lateInNewTable() throws {
    try add("frequency: PT1H")
    try ingest([(5, 9)], into: "DeviceEvents")
    #expect(try tick().compactMap(\.failure) == [])
    try ingest((20 * 60, 1))
    pass(hours: 2)
    #expect(try tick().map(\.cause).contains(.late))
    #expect(try titles == ["PsExec on d1"])
  }

  @Test("a rule that becomes continuous sees what came behind its last window")
  func becomesContinuous() throws {
    try add("frequency: PT12H")
    try ingest((5, 1))
    pass(hours: 2)
    // Seen by number at the first run, whose window ended two hours before.
    try ingest((60, 2))
    try tick()
    #expect(try titles == ["PsExec on d1"])
    try add("frequency: PT0H")
    try tick()
    #expect(try titles == ["PsExec on d1", "PsExec on d2"])
    #expect(try tick().isEmpty)
  }

  @Test("a run that somebody asks for over the past hides no late events") func pastRun() throws {
    try add("frequency: PT1H")
    try ingest((5, 1))
    try tick()
    for _ in 0..<20 {
      pass(hours: 1)
      try tick()
    }
    let stored = try #require(try detections.rule(named: "PsExec"))
    let rule = try #require(stored.rule)
    try ingest((6 * 60, 2))
    let assignment = try #require(try detections.assignment("t", rule.id))
    let request = RunPlanner.manual(rule, assignment, at: Self.start)
    let runner = RuleRunner(detections, try events(), owner: "run")
    #expect(try runner.run(request, stored).map(\.cause) == [.manual])
    pass(hours: 1)
    try tick()
    #expect(try titles == ["PsExec on d1", "PsExec on d2"])
  }

  @Test("a rule that is turned on before its first run starts then") func lateStart() throws {
    try add("frequency: PT1H")
    try ingest((5, 1))
    let rule = try #require(try detections.rule(named: "PsExec")?.rule)
    try detections.turnOff(rule.id, in: "t")
    pass(hours: 30)
    try detections.turnOn(rule, in: "t", newest: [:])
    let runs = try tick()
    #expect(runs.map(\.cause) == [.first] && runs.map(\.due) == [detections.now])
    #expect(try tick().isEmpty)
  }

  @Test("a rule sees the alerts of its tenant as they are when it runs") func alertRows() throws {
    let rule = try addMeta("PT1H")
    #expect(rule.id == "meta")
    try add("frequency: PT1H")
    try ingest((5, 1))
    try tick()
    pass(hours: 2)
    #expect(try tick().compactMap(\.failure) == [])
    #expect(try titles == ["Again d1", "PsExec on d1"])
  }

  @Test("a rule over alerts cannot be continuous, and says so") func continuousAlertRows() throws {
    let rule = try addMeta("PT0H")
    try ingest((5, 1))
    try tick()
    let failure = try #require(try detections.runs(of: rule.id, last: 1).first?.failure)
    #expect(failure.reason.contains("'AlertEvidence'") && failure.reason.contains("frequency"))
  }

  /// Puts a rule over alerts to work.
  private func addMeta(_ frequency: String) throws -> DetectionRule {
    let document = """
      id: meta
      displayName: Meta
      queryCondition:
        queryText: |
          AlertEvidence | where Title startswith 'PsExec' and EntityType == 'Machine'
          | extend ReportId = 1
      schedule: {frequency: \(frequency)}
      detectionAction:
        alertTemplate:
          title: Again {{DeviceId}}
          severity: low
          category: Execution
          impactedAssets:
            - {"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}
      """
    let rule = try #require(RuleFile(Array(document.utf8), format: .yaml).rules.first)
    try detections.add(rule, document: document, format: .yaml, by: "owner")
    try detections.assign(rule.id, to: "t", state: .enabled)
    return rule
  }
}
