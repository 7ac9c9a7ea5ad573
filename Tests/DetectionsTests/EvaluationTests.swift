import Alerts
import Columnar
import DetectionRules
import Detections
import Hunting
import StructuredText
import Testing

/// What the rows of a rule become.
struct EvaluationTests {
  static let end = DateTime(ticks: 639_000_000_000_000_000)

  /// Rows as a `datatable` of Defender's columns, so that no store is needed.
  static func query(_ rows: [(minutes: Int, report: Int, device: String, user: String)]) -> String {
    let cells = rows.map { row in
      let time = "datetime_add('minute', -\(row.minutes), now())"
      return "print Timestamp = \(time), ReportId = long(\(row.report)), "
        + "DeviceId = '\(row.device)', AccountUpn = '\(row.user)'"
    }
    return "union (" + cells.joined(separator: "), (") + ")"
  }

  static func rule(_ query: String, extra: String = "") throws -> DetectionRule {
    let text = """
      displayName: R
      queryCondition:
        queryText: "\(query)"
      schedule: {frequency: PT1H}
      detectionAction:
        alertTemplate:
          title: "{{AccountUpn}} did it"
          description: d
          severity: high
          category: Execution
          \(extra)
          impactedAssets:
            - {"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}
            - {"@odata.type": "#microsoft.graph.security.impactedUserAsset", identifier: accountUpn}
      """
    let file = RuleFile(Array(text.utf8), format: .yaml)
    #expect(file.problems == [])
    return try #require(file.rules.first)
  }

  static func plan(
    _ rule: DetectionRule,
    known: KeySet = KeySet(),
    alerts: Int = AlertPlan.defaultAlertLimit,
    folds: ([UInt8]) -> FoldTarget? = { _ in nil }
  ) throws -> AlertPlan {
    let window = EventWindow(from: DateTime(ticks: 0), to: end)
    let rows = try RuleEvaluation(rule, tenant: "t").rows(HuntingEngine(), over: window, now: end)
    return AlertPlan(
      rows,
      tenant: "t",
      known: known,
      limits: AlertPlan.Limits(alerts: alerts, bucket: end),
      folds: folds
    )
  }

  @Test("events of one kind are one alert, others another") func folding() throws {
    let rule = try Self.rule(
      Self.query([(3, 1, "a", "x"), (2, 2, "a", "x"), (1, 3, "b", "x"), (1, 3, "b", "x")])
    )
    let plan = try Self.plan(rule)
    #expect(plan.alerts.map(\.eventCount) == [2, 1])
    #expect(plan.newKeys.count == 3)
    #expect(plan.alerts.map(\.title) == ["x did it", "x did it"])
    #expect(plan.alerts[0].entities.map(\.kind) == [.host, .account])
    let known = KeySet(plan.newKeys.prefix(2))
    #expect(try Self.plan(rule, known: known).alerts.map(\.eventCount) == [1])
    let near = FoldTarget(id: "a", times: Self.end...Self.end)
    let folded = try Self.plan(rule) { $0 == plan.alerts[1].signature ? near : nil }
    #expect(folded.alerts.count == 1)
    #expect(folded.folded.map(\.events.eventCount) == [1])
    let past = DateTime(ticks: Self.end.ticks - TimeSpan.ticksPerDay)
    let far = FoldTarget(id: "a", times: past...past)
    #expect(try Self.plan(rule) { _ in far }.alerts.count == 2)
    #expect(try Self.plan(rule, known: KeySet(plan.newKeys)).alerts.isEmpty)
  }

  @Test("U+0000 in what an alert takes of an event becomes U+FFFD") func nul() throws {
    let name = " | extend AccountUpn = unicode_codepoints_to_string(120, 0, 121)"
    let plan = try Self.plan(try Self.rule(Self.query([(3, 1, "a", "x")]) + name))
    #expect(plan.alerts.map(\.title) == ["x\u{FFFD}y did it"])
    #expect(plan.alerts.first?.entities.last?.identifiers.map(\.value) == ["x\u{FFFD}y"])
  }

  @Test("the order of rows changes nothing") func order() throws {
    let rows = (0..<20).map { ($0 % 7, $0, "d\($0 % 3)", "u\($0 % 5)") }
    let one = try Self.plan(try Self.rule(Self.query(rows)))
    let other = try Self.plan(try Self.rule(Self.query(rows.reversed())))
    #expect(one.newKeys == other.newKeys)
    #expect(one.alerts.map(\.key) == other.alerts.map(\.key))
    #expect(one.alerts.map(\.eventCount) == other.alerts.map(\.eventCount))
  }

  @Test("what is more than a run may raise stands in one alert") func limit() throws {
    let rule = try Self.rule(Self.query((0..<12).map { ($0, $0, "d\($0)", "u") }))
    let plan = try Self.plan(rule, alerts: 5)
    #expect(plan.alerts.count == 5)
    #expect(plan.alerts.map(\.eventCount).reduce(0, +) == 12)
    #expect(plan.alerts[4].standsFor == 8)
    #expect(plan.alerts[4].entities.count == 9)
    #expect(plan.newKeys.count == 12)
    #expect(plan.alerts.map(\.key) == (try Self.plan(rule, alerts: 5)).alerts.map(\.key))
  }

  @Test("what folds into an alert of the rest is counted there", arguments: [3, 4, 5])
  func limitAndFolding(alerts: Int) throws {
    // Four devices twice each.
    let rule = try Self.rule(Self.query((0..<8).map { ($0, $0, "d\($0 % 4)", "u") }))
    let plan = try Self.plan(rule, alerts: alerts)
    #expect(plan.alerts.map(\.eventCount).reduce(0, +) == 8)
    #expect(plan.alerts.map { max(1, $0.standsFor) }.reduce(0, +) == 4)
    #expect(plan.alerts.count == min(alerts, 4))
  }

  @Test("one alert for all events, where the rule says so") func single() throws {
    let rule = try Self.rule(
      Self.query([(1, 1, "a", "x"), (2, 2, "b", "y")]),
      extra: "eventGroupingKind: singleAlert"
    )
    let plan = try Self.plan(rule)
    #expect(plan.alerts.count == 1)
    #expect(plan.alerts[0].entities.count == 4)
    #expect(plan.alerts[0].title == "y did it")
    #expect(try Self.plan(rule, known: KeySet(plan.newKeys)).alerts.isEmpty)
  }

  @Test("a run whose rows name no asset fails") func noAsset() throws {
    let rule = try Self.rule(Self.query([(1, 1, "", "")]))
    let failure = #expect(throws: RunFailure.self) { _ = try Self.plan(rule) }
    #expect(failure?.code == .noImpactedEntity)
  }

  @Test("a query with errors fails for good") func errors() throws {
    let failure = #expect(throws: RunFailure.self) {
      _ = try Self.plan(try Self.rule("DeviceEvents | where Nothing == 1"))
    }
    #expect(failure?.isPermanent == true)
  }

  @Test("keys are the same for ever") func golden() throws {
    let rule = try Self.rule(Self.query([(5, 7, "dev", "ana@x")]))
    let plan = try Self.plan(rule)
    #expect(
      plan.newKeys.first?.text
        == "8ae43dd64bb0035e808796d105bfcdef1e8111be79313eb42bb5c70cb7bb124e"
    )
  }
}
