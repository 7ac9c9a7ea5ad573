import Detections
import FileAccess
import StructuredText
import Testing

/// What is wrong with test files, told with its place.
struct RuleTestReadingTests {
  private func problems(_ text: String) throws -> [RuleTestProblem] {
    try TestFolder(text).run().outcomes.flatMap(\.problems)
  }

  @Test(
    "mistakes have a code, a place and a hint",
    arguments: [
      ("events: {DeviceProcesEvents: []}", "HT005", "did you mean DeviceProcessEvents"),
      (
        "events: {DeviceProcessEvents: [{Timestamp: now, FileNam: a}]}", "HT006",
        "did you mean FileName"
      ),
      ("events: {DeviceProcessEvents: [{Timestamp: now, ProcessId: x}]}", "HT007", nil),
      ("events: {DeviceProcessEvents: [{Timestamp: soon}]}", "HT007", "write 2026-01-31T12:00"),
      ("events: {DeviceProcessEvents: [{FileName: a}]}", "HT002", "write Timestamp: now-5m"),
      ("events: {DeviceProcessEvents: [a]}", "HT004", nil),
      ("events: {DeviceProcessEvents: {fil: a}}", "HT003", "did you mean file"),
      ("events: {A_CL: {columns: {A: lonng}, rows: []}}", "HT003", "did you mean long"),
      ("runs: 0", "HT004", nil),
      ("runs: [now+1h, now]", "HT004", nil),
      ("window: long", "HT004", nil),
      ("evnts: {}", "HT003", "did you mean events"),
      ("now: yesterday", "HT004", nil),
    ]
  )
  func mistakes(line: String, code: String, help: String?) throws {
    let found = try problems("cases:\n  - name: c\n    \(line)\n    expect: none\n")
    #expect(found.map(\.code) == [code], "\(found)")
    #expect(found.first?.place.line == 3)
    if let help { #expect(found.first?.help?.hasPrefix(help) == true, "\(found)") }
  }

  @Test(
    "mistakes in expectations",
    arguments: [
      ("some", "HT004"), ("-1", "HT004"), ("[{titel: a}]", "HT003"),
      ("[{severity: bad}]", "HT004"), ("[{tactics: [Exec]}]", "HT003"),
      ("[{entities: [{DeviceId: d}]}]", "HT002"), ("[{entities: [{kind: Hosts}]}]", "HT003"),
      ("[{entities: [{kind: Host, DeviceID: d}]}]", "HT003"), ("[{details: a}]", "HT004"),
      ("{failure: no}", "HT003"), ("[{events: x}]", "HT004"),
    ]
  )
  func expectations(expect: String, code: String) throws {
    let found = try problems("cases:\n  - name: c\n    expect: \(expect)\n")
    #expect(found.map(\.code) == [code], "\(found)")
    #expect(found.first?.place.line == 3)
  }

  @Test("lists of alerts have an end") func longLists() throws {
    let list = Array(repeating: "{}", count: 1001).joined(separator: ", ")
    let found = try problems("cases: [{name: c, expect: [\(list)]}]")
    #expect(found.map(\.help) == ["write their number"])
  }

  @Test("values are those of their columns") func values() throws {
    let text = """
      cases:
        - name: c
          events:
            A_CL:
              columns:
                TimeGenerated: datetime
                L: long
                R: real
                B: bool
                D: dynamic
                S: string
                T: timespan
              rows:
                - {TimeGenerated: now-1m, L: 7, R: 1.5, B: "true", D: {a: [1, "x"]}, S: {b: 2}, T: "1:00:00"}
                - {TimeGenerated: now-1m, D: '{"a": [2]}', S: 12}
                - {TimeGenerated: now-1m, L: null, D: word}
          expect:
            - title: '7|1.5|True|{"a":[1,"x"]}|{"b":2}|01:00:00'
            - title: '||||12|'
            - title: '|||||'
      """
    let rule = """
      name: V
      severity: Low
      query: |
        A_CL
        | extend X = iff(gettype(D) == 'dictionary' and array_length(D.a) == 1, '', tostring(D))
        | extend T = strcat(L, '|', R, '|', B, '|', iff(X startswith '{', X, ''), '|', S, '|', T)
      queryFrequency: 1h
      queryPeriod: 1h
      alertDetailsOverride: {alertDisplayNameFormat: '{{T}}'}
      eventGroupingSettings: {aggregationKind: AlertPerResult}
      """
    let summary = try TestFolder(text, rule: rule).run()
    #expect(summary.outcomes.flatMap(\.problems) == [])
  }

  @Test("files without a rule, cases or sense") func files() throws {
    #expect(try problems("cases: []").map(\.code) == ["HT002"])
    #expect(try problems("- a").map(\.code) == ["HT004"])
    #expect(try problems("a: [").map(\.code) == ["HT001"])
    #expect(
      try problems("rule: none.yaml\ncases: [{name: a, expect: none}]").map(\.code) == ["HT008"]
    )
    #expect(try problems("name: X\ncases: [{name: a, expect: none}]").map(\.code) == ["HT008"])
    let twice = "cases: [{name: a, expect: none}, {name: a, expect: none}]"
    #expect(try problems(twice).map(\.code) == ["HT004"])
    #expect(try problems("cases: [{expect: none}]").map(\.code) == ["HT002"])
    let broken = TestFolder("cases: [{name: a, expect: none}]", rule: "name: x\nquery: T\n")
    #expect(try broken.run().outcomes.flatMap(\.problems).map(\.code) == ["HT008"])
  }

  @Test("rules and tests are found, and what is missing") func search() throws {
    let tests = TestFolder.test([TestFolder.row("now-5m")], expect: "1")
    let other = TestFolder.rule.replacing("displayName: R", with: "displayName: Other")
    let folder = TestFolder(
      tests,
      others: ["rules/other.yaml": other, "rules/data.json": "{\"a\": 1}"]
    )
    let found = try RuleTestSearch(["rules"], in: folder.files)
    #expect(found.tests.map(\.path) == [TestFolder.testPath])
    let rows = RuleTestCoverage(found).rows
    #expect(rows.map(\.name).sorted() == ["Other", "R"])
    #expect(rows.first { $0.name == "R" }?.gap == "no case expects none")
    #expect(rows.first { $0.name == "Other" }?.gap == "no tests")
    let named = try RuleTestSearch(["rules/r.yaml"], in: folder.files)
    #expect(named.tests.map(\.path) == [TestFolder.testPath])
    #expect(named.rules.count == 1)
  }
}
