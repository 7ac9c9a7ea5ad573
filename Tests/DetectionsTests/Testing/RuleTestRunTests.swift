import Detections
import FileAccess
import StructuredText
import Testing

/// Cases that are run, and what is told where alerts are not as expected.
struct RuleTestRunTests {
  private func problems(_ text: String) throws -> [RuleTestProblem] {
    try TestFolder(text).run().outcomes.flatMap(\.problems)
  }

  @Test(
    "expectations that hold",
    arguments: [
      "1",
      "[{}]",
      "[{title: bad on d1, severity: High, tactics: [Execution], run: 1, events: 1}]",
      "[{entities: [{kind: host, DeviceId: d1}], details: {User: ana}, description: d}]",
    ]
  )
  func holds(expect: String) throws {
    let text = TestFolder.test([TestFolder.row("now-5m")], expect: expect)
    let summary = try TestFolder(text).run()
    #expect(summary.outcomes.map(\.status) == [.passed], "\(summary.outcomes[0].problems)")
  }

  @Test(
    "expectations that do not hold say what differs",
    arguments: [
      ("none", "1 alert came, expected none"),
      ("2", "1 alert came, expected 2"),
      ("[{title: other}]", "title is 'bad on d1', expected 'other'"),
      ("[{severity: low}]", "severity is 'high', expected 'low'"),
      ("[{events: 2}]", "events is '1', expected '2'"),
      ("[{run: 2}]", "run is '1', expected '2'"),
      ("[{tactics: [Impact]}]", "tactics is 'Execution', expected 'Impact'"),
      ("[{details: {User: bo}}]", "detail 'User' is 'ana', expected 'bo'"),
      ("[{details: {Who: bo}}]", "detail 'Who' is not there, expected 'bo'"),
      (
        "[{entities: [{kind: Host, DeviceId: d2}]}]",
        "there is no entity Host(DeviceId=d2), but Host(DeviceId=d1)"
      ),
      ("[{}, {title: b}]", "no alert came that is 'b'"),
      ("{failure: noImpactedEntity}", "no run fails, expected noImpactedEntity"),
    ]
  )
  func differs(expect: String, message: String) throws {
    let found = try problems(TestFolder.test([TestFolder.row("now-5m")], expect: expect))
    #expect(found.flatMap { [$0.message] + $0.details }.contains(message), "\(found)")
    #expect(found.allSatisfy { $0.code == "HT010" && $0.place.line == 7 })
  }

  @Test("alerts that nobody expects are shown") func unexpected() throws {
    let rows = [TestFolder.row("now-5m"), TestFolder.row("now-4m", "d2", user: "bo")]
    let found = try problems(TestFolder.test(rows, expect: "[{title: bad on d1}]"))
    #expect(found.map(\.message) == ["2 alerts came, expected 1"])
    #expect(
      found.first?.details
        == ["unexpected: 'bad on d2', high, 1 event, Host(DeviceId=d2), details(User=bo)"]
    )
  }

  @Test("each expected alert takes one that came, whatever the order") func assignment() throws {
    let rows = [TestFolder.row("now-5m"), TestFolder.row("now-4m", "d2")]
    let text = TestFolder.test(rows, expect: "[{severity: high}, {title: bad on d1}]")
    #expect(try problems(text).isEmpty)
    #expect(
      try problems(TestFolder.test(rows, expect: "[{title: bad on d1}, {title: bad on d1}]"))
        .count == 1
    )
  }

  @Test("events behind the window, or before it, are not seen") func windows() throws {
    let rows = [TestFolder.row("now"), TestFolder.row("now-4h1s"), TestFolder.row("now+1h")]
    #expect(try problems(TestFolder.test(rows, expect: "none")).isEmpty)
    let wide = TestFolder.test(rows, expect: "1", more: "window: 5h")
    #expect(try problems(wide).isEmpty)
  }

  @Test("runs carry over what alerted") func runs() throws {
    let rows = [
      TestFolder.row("now-5m"), TestFolder.row("now+30m", "d1", 2),
      TestFolder.row("now+30m", "d1", 3, user: "bo"),
    ]
    let expect = "[{run: 1, events: 2, details: {User: ana}}, {run: 2, events: 1}]"
    #expect(try problems(TestFolder.test(rows, expect: expect, more: "runs: 3")).isEmpty)
    let times = TestFolder.test(rows, expect: expect, more: "runs: [now, now+1h]")
    #expect(try problems(times).isEmpty)
  }

  @Test("what comes long after an alert is another one") func reach() throws {
    let rows = [TestFolder.row("now-5m"), TestFolder.row("now+5h", "d1", 2)]
    let near = [TestFolder.row("now-5m"), TestFolder.row("now+3h", "d1", 2)]
    let expect = "[{run: 1, events: 1}, {run: 7, events: 1}]"
    #expect(try problems(TestFolder.test(rows, expect: expect, more: "runs: 8")).isEmpty)
    let one = TestFolder.test(near, expect: "[{run: 1, events: 2}]", more: "runs: 8")
    #expect(try problems(one).isEmpty)
  }

  @Test("rules with suppression rest after an alert") func suppression() throws {
    let rule = """
      name: S
      severity: Low
      query: "DeviceProcessEvents | where FileName == 'bad.exe'"
      queryFrequency: 1h
      queryPeriod: 1h
      triggerOperator: gt
      triggerThreshold: 0
      suppressionEnabled: true
      suppressionDuration: 90m
      """
    let rows = ["now-5m", "now+55m", "now+115m"].enumerated()
      .map { TestFolder.row($1, "d1", $0) }
    let text = TestFolder.test(rows, expect: "[{run: 1}, {run: 3}]", more: "runs: 3")
    let summary = try TestFolder(text, rule: rule).run()
    #expect(summary.outcomes.flatMap(\.problems) == [])
  }

  @Test("a query that fails fails the case, unless that is expected") func failures() throws {
    let rule = TestFolder.rule.replacing("FileName == ", with: "Nothing == ")
    let rows = [TestFolder.row("now-5m")]
    let one = try TestFolder(TestFolder.test(rows, expect: "none"), rule: rule).run()
    #expect(one.outcomes.flatMap(\.problems).map(\.code) == ["HT011"])
    let expected = TestFolder.test(rows, expect: "{failure: queryExecutionFailed}")
    let other = try TestFolder(expected, rule: rule).run()
    #expect(other.outcomes.map(\.status) == [.passed])
  }

  @Test("tables come from files, and watchlists too") func files() throws {
    let rule = TestFolder.rule.replacing(
      "| project",
      with: "| where AccountName in (_GetWatchlist('vip') | project SearchKey)\n        | project"
    )
    let text = """
      now: 2026-01-31T12:00:00Z
      cases:
        - name: c
          events:
            DeviceProcessEvents: {file: data/events.ndjson}
          watchlists:
            vip: [{SearchKey: ana}]
          expect: [{title: bad on d7}]
      """
    let event = """
      {"Timestamp":"2026-01-31T11:00:00Z","DeviceId":"d7","ReportId":1,"AccountName":"ana",\
      "FileName":"bad.exe"}
      {"Timestamp":"2026-01-31T11:00:00Z","DeviceId":"d8","ReportId":2,"AccountName":"bo",\
      "FileName":"bad.exe"}
      """
    let folder = TestFolder(text, rule: rule, others: ["rules/data/events.ndjson": event])
    #expect(try folder.run().outcomes.flatMap(\.problems) == [])
    let broken = TestFolder(text, rule: rule, others: ["rules/data/events.ndjson": "{\"a\":\n"])
    #expect(try broken.run().outcomes.flatMap(\.problems).map(\.code) == ["HT009"])
    let missing = TestFolder(text, rule: rule)
    #expect(try missing.run().outcomes.flatMap(\.problems).map(\.code) == ["HT009"])
  }

  @Test("reports tell of each case") func reports() throws {
    let summary = try TestFolder(
      TestFolder.test([TestFolder.row("now-5m")], expect: "none")
    ).run()
    let junit = String(decoding: RuleTestReports.junit(summary), as: UTF8.self)
    #expect(junit.contains("<testsuite name=\"rules/r.tests.yaml\" tests=\"1\" failures=\"1\""))
    #expect(junit.contains("<testcase name=\"c\" classname=\"rules/r.tests.yaml\""))
    #expect(junit.contains("rules/r.tests.yaml:7: HT010: 1 alert came, expected none"))
    let json = String(decoding: RuleTestReports.json(summary, coverage: nil), as: UTF8.self)
    #expect(json.hasPrefix("{\"passed\":0,\"failed\":1,\"updated\":0,"))
    #expect(json.contains("\"title\":\"bad on d1\""))
  }
}
