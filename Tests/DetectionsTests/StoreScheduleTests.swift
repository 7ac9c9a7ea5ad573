import Alerts
import Columnar
import DetectionRules
import Detections
import Execution
import FileAccess
import HarrierTesting
import Hunting
import Incidents
import OperationalStore
import SourceText
import StructuredText
import TableStore
import Tenancy
import Testing

/// Rules over the tables of a store: what they raise, and that it can be hunted for.
struct StoreScheduleTests {
  let folder: TemporaryFolder
  let clock = SimulatedClock(wallTicks: start.ticks)
  let detections: DetectionStore
  var path: String { folder.path + "/store" }

  /// 2026-01-10T12:00:00Z.
  static let start = DateTime(ticks: 639_036_432_000_000_000)

  init() throws {
    folder = try TemporaryFolder()
    _ = try TableStore.open(folder.path + "/store", mode: .readWrite)
    let store = try DetectionStore.open(
      store: folder.path + "/store",
      access: .readWrite,
      clock: clock
    )
    detections = try #require(store)
  }

  /// Ingests events, told by their minutes before now and their numbers.
  func ingest(_ events: (minutes: Int, report: Int)...) throws {
    try ingest(events)
  }

  func ingest(
    _ events: [(minutes: Int, report: Int)],
    into table: String = "DeviceProcessEvents"
  ) throws {
    let lines = events.map { event in
      let ticks = clock.wallTicks - Int64(event.minutes) * TimeSpan.ticksPerMinute
      var time = ByteSink(capacity: 32)
      time.append(datetime: DateTime(ticks: ticks))
      let text = String(decoding: time.bytes, as: UTF8.self)
      return """
        {"Timestamp":"\(text)","ReportId":\(event.report),"DeviceId":"d\(event.report)",\
        "DeviceName":"n","FileName":"psexec.exe"}

        """
    }
    try ingest(lines.joined(), into: table)
  }

  func ingest(_ text: String, into table: String) throws {
    let files = SimulatedFileSystem(texts: ["in.ndjson": text])
    let columns = [
      ColumnSchema("Timestamp", .datetime), ColumnSchema("ReportId", .long),
      ColumnSchema("DeviceId", .string), ColumnSchema("DeviceName", .string),
      ColumnSchema("FileName", .string),
    ]
    let request = LoadRequest(table: table, paths: ["in.ndjson"], columns: columns)
    let environment = StoreEnvironment(clock: clock)
    let store = try TableStore.open(path, mode: .readWrite, environment: environment)
    _ = try StoreIngestion(store, files: files).ingest(request, tenant: "t", batch: nil)
  }

  func add(
    _ schedule: String,
    grouping: String = "alertPerEvent",
    groups: String = "[]",
    table: String = "DeviceProcessEvents"
  ) throws {
    let document = """
      displayName: PsExec
      queryCondition:
        queryText: |
          [\(JSONDocumentWriter.quoted(table))] | where FileName =~ 'psexec.exe'
      schedule: {\(schedule)}
      detectionAction:
        alertTemplate:
          title: PsExec on {{DeviceId}}
          eventGroupingKind: \(grouping)
          severity: high
          category: LateralMovement
          mitreTechniques: [T1569.002]
          impactedAssets:
            - {"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}
        organizationalScope: {scopeType: deviceGroup, deviceGroups: \(groups)}
        responseActions:
          - {"@odata.type": "#microsoft.graph.security.isolateDeviceResponseAction",
             identifier: deviceId, isolationType: full}
      """
    let file = RuleFile(Array(document.utf8), format: .yaml)
    let rule = try #require(file.rules.first)
    try detections.add(rule, document: document, format: .yaml, by: "owner")
    try detections.assign(rule.id, to: "t", state: .enabled)
  }

  func events() throws -> StoreEvents {
    let engines = StoredEngines(
      store: path,
      engine: HuntingEngine(clock: clock),
      cache: SegmentCache(),
      supplements: [AlertTables(store: path)]
    )
    return StoreEvents(engines, budget: RuleEvaluation.Budget()) { tenant, present in
      try AccessState.withoutSetup.scope(
        of: .owner,
        for: .hunt,
        over: .tenant(tenant),
        present: present,
        at: Self.start
      )
    }
  }

  @discardableResult
  func tick() throws -> [RunRecord] {
    let runner = RuleRunner(detections, try events(), owner: "schedule")
    return try Scheduler(detections, runner, threads: 1).tick().runs
  }

  func pass(hours: UInt64) { clock.advance(nanoseconds: hours * 3_600_000_000_000) }

  var titles: [String] {
    get throws { try detections.alerts(of: "t").map(\.title).sorted() }
  }

  @Test("each event alerts once, over windows that overlap") func overlap() throws {
    try add("frequency: PT1H")
    try ingest((60, 1), (30 * 24 * 60 + 60, 2))
    #expect(try tick().map(\.cause) == [.first])
    #expect(try titles == ["PsExec on d1"])
    for _ in 0..<4 {
      pass(hours: 1)
      try tick()
    }
    try ingest((30, 3))
    pass(hours: 1)
    try tick()
    #expect(try titles == ["PsExec on d1", "PsExec on d3"])
    #expect(
      try detections.requestedActions("t", "PsExec").map(\.kind) == [
        "isolateDevice", "isolateDevice",
      ]
    )
  }

  @Test(
    "events that come days late are found by a run of their own",
    arguments: ["DeviceProcessEvents", "a'b\"c\\d"]
  ) func late(table: String) throws {
    try add("frequency: PT1H", table: table)
    try ingest([(5, 1)], into: table)
    try tick()
    pass(hours: 60)
    try tick()
    try ingest([(50 * 60, 2)], into: table)
    pass(hours: 1)
    #expect(try tick().map(\.cause).contains(.late))
    #expect(try titles == ["PsExec on d1", "PsExec on d2"])
    pass(hours: 1)
    #expect(try tick().map(\.cause) == [.scheduled])
  }

  @Test("events that come late to a run of one alert are its evidence") func lateEvidence() throws {
    try add("frequency: PT1H", grouping: "singleAlert")
    try tick()
    try ingest((5, 1))
    pass(hours: 1)
    try tick()
    let alert = try #require(try detections.alerts(of: "t").first)
    // Hours later an event of the same window comes.
    pass(hours: 8)
    try tick()
    try ingest((9 * 60 + 10, 2))
    pass(hours: 1)
    #expect(try tick().map(\.cause).contains(.late))
    let alerts = try detections.alerts(of: "t")
    #expect(alerts.map(\.eventCount).reduce(0, +) == 2)
    #expect(alerts.first?.id == alert.id)
  }

  @Test("a rule of device groups sees the events of their devices alone") func scope() throws {
    let time = "\"Timestamp\":\"2026-01-01T00:00:00Z\""
    try ingest(
      """
      {\(time),"DeviceId":"d1","MachineGroup":"Ana's \"lab\" \\\\ x"}
      {\(time),"DeviceId":"d2","MachineGroup":"others"}

      """.replacing("\"lab\"", with: "\\\"lab\\\""),
      into: "DeviceInfo"
    )
    try add("frequency: PT1H", groups: "['ana''s \"lab\" \\ x', none]")
    try ingest((5, 1), (6, 2), (7, 3))
    try tick()
    #expect(try titles == ["PsExec on d1"])
  }

  @Test("late events of an alert that was resolved are its evidence all the same")
  func lateEvidenceOfResolved() throws {
    try add("frequency: PT1H", grouping: "singleAlert")
    try detections.addTuning(
      "all",
      when: "title = *",
      .resolve,
      tenant: nil,
      comment: "",
      by: "owner"
    )
    try tick()
    try ingest((5, 1))
    pass(hours: 1)
    try tick()
    pass(hours: 8)
    try tick()
    try ingest((9 * 60 + 10, 2))
    pass(hours: 1)
    try tick()
    let alerts = try detections.alerts(of: "t")
    #expect(alerts.map(\.eventCount).reduce(0, +) == 2)
    #expect(Set(alerts.map(\.status)) == ["resolved"])
  }

  @Test("continuous rules see what is new, and nothing twice") func continuous() throws {
    try ingest((5, 1))
    try add("frequency: PT0S")
    #expect(try tick().map(\.cause) == [.first])
    #expect(try tick().isEmpty)
    // An event that is days old is new all the same.
    try ingest((3, 2), (4 * 24 * 60, 3))
    let runs = try tick()
    #expect(runs.map(\.cause) == [.continuous])
    #expect(runs.map(\.rows) == [2])
    #expect(try tick().isEmpty)
    #expect(try titles == ["PsExec on d1", "PsExec on d2", "PsExec on d3"])
  }

  @Test("downtime gives one run over the gap, which is written down") func downtime() throws {
    try add("frequency: PT1H")
    try ingest((5, 1))
    try tick()
    pass(hours: 30)
    try ingest((20 * 60, 2))
    let runs = try tick()
    #expect(runs.map(\.cause) == [.catchUp])
    #expect(try titles == ["PsExec on d1", "PsExec on d2"])
    #expect(try detections.gaps("t", "PsExec").map(\.reason) == [.downtime])
  }

  @Test("alerts are rows of AlertInfo and AlertEvidence at once") func tables() throws {
    try add("frequency: PT1H")
    try ingest((5, 1), (6, 2))
    try tick()
    var engine = HuntingEngine(clock: clock)
    let snapshot = try TableStore.open(path, mode: .readOnly).snapshot()
    let scope = try AccessState.withoutSetup.scope(
      of: .owner,
      for: .hunt,
      present: ["t"],
      at: Self.start
    )
    engine.attach(snapshot, scope: scope, supplements: [AlertTables(store: path)])
    let text = """
      AlertInfo | join kind=inner AlertEvidence on AlertId
      | where ServiceSource == 'Microsoft Defender XDR' and DetectionSource == 'Custom detection'
      | where AttackTechniques has 'T1569.002' and EntityType == 'Machine'
      | project Title, DeviceId, EvidenceRole, Category | sort by DeviceId asc
      """
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    var rows: [[String]] = []
    try engine.run(SourceText(text), budget: budget).tables[0].result.forEachRow { row in
      rows.append(row.map(Cells.cell))
    }
    #expect(
      rows == [
        ["PsExec on d1", "d1", "Impacted", "LateralMovement"],
        ["PsExec on d2", "d2", "Impacted", "LateralMovement"],
      ]
    )
  }

  @Test("each run is a row of RuleRuns") func runTable() throws {
    try add("frequency: PT1H")
    try ingest((5, 1), (6, 2))
    try tick()
    for _ in 0..<3 {
      pass(hours: 1)
      try tick()
    }
    var engine = HuntingEngine(clock: clock)
    engine.add(try RuleRunTable(store: path).rows(of: "RuleRuns", tenant: "t"), named: "RuleRuns")
    let text = "RuleRuns | project RuleId, Cause, Status, Rows, Alerts | order by Alerts desc"
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    var rows: [[String]] = []
    try engine.run(SourceText(text), budget: budget).tables[0].result.forEachRow { row in
      rows.append(row.map(Cells.cell))
    }
    let runs = try detections.runs(of: "PsExec", last: 10)
    #expect(runs.count > 1 && runs.last?.alerts == 2)
    #expect(
      rows.sorted { $0[4] > $1[4] }
        == runs.sorted { $0.alerts > $1.alerts }.map { run in
          [run.rule, run.cause.rawValue, "completed", "\(run.rows)", "\(run.alerts)"]
        }
    )
    #expect(try RuleRunTable(store: path).rows(of: "RuleRuns", tenant: "u").rowCount == 0)
  }

  @Test("tuning hides or resolves later alerts, and counts them") func tuning() throws {
    let store = detections
    try store.addTuning(
      "mine",
      when: "host.DeviceId = D1 and title = psexec*",
      .hide,
      tenant: nil,
      comment: "",
      by: "owner"
    )
    try store.addTuning(
      "known",
      when: "host.DeviceId = d2",
      .resolve,
      tenant: "t",
      comment: "",
      by: "owner"
    )
    try store.addTuning(
      "others",
      when: "title = *",
      .hide,
      tenant: "other",
      comment: "",
      by: "owner"
    )
    try add("frequency: PT1H")
    try ingest((5, 1), (6, 2), (7, 3))
    #expect(try tick().map(\.hiddenAlerts) == [1])
    #expect(try store.runs(of: "PsExec", last: 1).map(\.hiddenAlerts) == [1])
    #expect(try store.runs(of: "PsExec", last: 1).map(\.alerts) == [2])
    #expect(try store.alerts(of: "t").map(\.status).sorted() == ["new", "resolved"])
    #expect(try store.tuningRules().map(\.hits) == [1, 1, 0])
    #expect(try store.alerts(of: "t", when: "severity = high and not host.* = d2").count == 1)
    pass(hours: 2)
    #expect(try tick().map(\.hiddenAlerts) == [0])
  }

  @Test("a rule that keeps failing is turned off, and an alert tells so") func health() throws {
    let document = """
      name: Broken
      severity: Low
      queryFrequency: 1h
      queryPeriod: 1h
      query: DeviceProcessEvents | where Nothing == 1
      """
    let rule = try #require(RuleFile(Array(document.utf8), format: .yaml).rules.first)
    try detections.add(rule, document: document, format: .yaml, by: "owner")
    try detections.assign(rule.id, to: "t", state: .enabled)
    try ingest((5, 1))
    for _ in 0..<6 {
      try tick()
      pass(hours: 1)
    }
    #expect(try detections.assignment("t", rule.id)?.state == .autoDisabled)
    #expect(try detections.runs(of: rule.id, last: 9).count == 5)
    #expect(try titles == ["The rule 'Broken' was turned off"])
    #expect(try detections.runs(of: rule.id, last: 9).map(\.alerts).reduce(0, +) == 0)
  }

  @Test("G17: what people made of a rule's alerts, and what the harmless ones have in common")
  func feedback() throws {
    try add("frequency: PT1H")
    try ingest((5, 2))
    try tick()
    for _ in 0..<3 {
      try ingest((5, 1))
      pass(hours: 1)
      try tick()
      pass(hours: 8)
    }
    let incidents = try #require(
      try IncidentStore.open(store: path, access: .readWrite, clock: clock)
    )
    _ = try IncidentPipeline(incidents).run()
    let alerts = try incidents.alerts(of: ["t"]).alerts
    #expect(
      alerts.map(\.title).sorted() == [
        "PsExec on d1", "PsExec on d1", "PsExec on d1", "PsExec on d2",
      ]
    )
    for alert in alerts {
      var change = AlertChange()
      let isHarmless = alert.title == "PsExec on d1"
      change.classification = try Classification(
        isHarmless ? "falsePositive" : "truePositive",
        "other"
      )
      _ = try incidents.apply(change, toAlerts: [("t", alert.id)], by: Actor(principal: "ann"))
    }
    let feedback = try detections.feedback("t", "PsExec")
    #expect(feedback.alerts == 4 && feedback.truePositives == 1 && feedback.falsePositives == 3)
    #expect(feedback.falsePositiveRate == 0.75)
    #expect(feedback.suggestion?.condition == "host.DeviceId = \"d1\"")
    #expect(feedback.suggestion?.alerts == 3)
    #expect(
      feedback.reason
        == "3 of 3 alerts that were no attack have it, and none of 1 that were one"
    )
    #expect(try detections.feedback("u", "PsExec").reason.hasPrefix("none: 0 alerts are"))
    let condition = try #require(feedback.suggestion?.condition)
    try detections.addTuning(
      "suggested",
      when: condition,
      .hide,
      tenant: "t",
      comment: "",
      by: "owner"
    )
    try ingest((5, 1), (4, 2))
    pass(hours: 1)
    #expect(try tick().map(\.hiddenAlerts) == [1])
  }
}
