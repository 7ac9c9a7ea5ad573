import Columnar
import DetectionRules
import StructuredText
import Testing

/// What rules of each family become.
struct RuleReaderTests {
  @Test("a scheduled rule of Sentinel") func sentinel() throws {
    let rule = try Self.rule(
      """
      id: 0a1b
      name: Odd sign-in
      description: '#DONT_CORR# by {{User}}'
      severity: High
      queryFrequency: 1h
      queryPeriod: P1D
      triggerOperator: gt
      triggerThreshold: 2
      tactics: [InitialAccess, credential access]
      relevantTechniques: [T1078]
      query: |
        SigninLogs
        | where User == 'x'
      entityMappings:
        - entityType: account
          fieldMappings:
            - identifier: fullname
              columnName: User
        - entityType: IP
          fieldMappings: [{identifier: Address, columnName: IPAddress}]
      customDetails:
        App: AppDisplayName
      alertDetailsOverride:
        alertDisplayNameFormat: Odd sign-in of {{ User }} from {{IPAddress}}
        alertSeverityColumnName: Severity
        alertDynamicProperties:
          - alertProperty: AlertLink
            value: Link
      eventGroupingSettings: {aggregationKind: AlertPerResult}
      suppressionEnabled: true
      suppressionDuration: PT5H
      kind: Scheduled
      unknownKey: kept
      """
    )
    #expect(rule.kind == .sentinelScheduled)
    #expect(rule.id == "0a1b")
    #expect(rule.severity == .high)
    #expect(rule.tactics == [.initialAccess, .credentialAccess])
    #expect(rule.schedule.frequency == TimeSpan(ticks: TimeSpan.ticksPerHour))
    #expect(rule.schedule.lookback == TimeSpan(ticks: TimeSpan.ticksPerDay))
    #expect(rule.schedule.delay == RuleSchedule.sentinelDelay)
    #expect(rule.trigger == Trigger(.greaterThan, 2))
    #expect(rule.grouping == .alertPerEvent)
    #expect(rule.title.columns == ["User", "IPAddress"])
    #expect(rule.entities.map(\.kind) == [.account, .ip])
    #expect(rule.entities.map(\.isImpactedAsset) == [true, false])
    #expect(rule.entities[0].identifiers[0].name == "FullName")
    #expect(rule.customDetails.map(\.label) == ["App"])
    #expect(rule.overrides.severity?.name == "Severity")
    #expect(rule.overrides.properties.map(\.column.name) == ["Link"])
    #expect(rule.suppression == TimeSpan(ticks: 5 * TimeSpan.ticksPerHour))
    #expect(rule.incidents.isExcludedFromCorrelation)
  }

  @Test("a near-real-time rule of Sentinel needs no frequency") func nearRealTime() throws {
    let rule = try Self.rule("name: n\nseverity: low\nkind: NRT\nquery: T\n")
    #expect(rule.kind == .sentinelNearRealTime)
    #expect(rule.schedule.isContinuous)
    #expect(rule.id == "n")
    #expect(rule.grouping == .singleAlert)
  }

  @Test("the older family of Defender") func olderFamily() throws {
    let rule = try Self.rule(
      """
      displayName: D
      isEnabled: false
      queryCondition: {queryText: "DeviceEvents"}
      schedule: {period: "24H"}
      detectionAction:
        alertTemplate:
          title: t
          severity: medium
          category: Execution
          mitreTechniques: [T1059]
          impactedAssets:
            - {"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}
            - "@odata.type": "#microsoft.graph.security.impactedUserAsset"
              identifier: initiatingProcessAccountUpn
        organizationalScope: {scopeType: deviceGroup, scopeNames: [Servers]}
        responseActions:
          - "@odata.type": "#microsoft.graph.security.isolateDeviceResponseAction"
            identifier: deviceId
            isolationType: full
          - "@odata.type": "#microsoft.graph.security.hardDeleteResponseAction"
            identifier: "networkMessageId, recipientEmailAddress"
          - "@odata.type": "#microsoft.graph.security.blockFileResponseAction"
            identifier: sha256
      """
    )
    #expect(rule.kind == .customDetection)
    #expect(!rule.isEnabled)
    #expect(rule.schedule.lookback == TimeSpan(ticks: 30 * TimeSpan.ticksPerDay))
    #expect(rule.entities.map(\.kind) == [.host, .account])
    #expect(
      rule.entities.flatMap(\.identifiers).map(\.column.name) == [
        "DeviceId", "InitiatingProcessAccountUpn",
      ]
    )
    #expect(rule.actions.map(\.kind) == [.isolateDevice, .hardDelete, .blockFile])
    #expect(
      rule.actions[1].targets.map(\.column.name) == [
        "NetworkMessageId", "RecipientEmailAddress",
      ]
    )
    #expect(rule.actions[2].targets[0].column.name == "SHA256")
    #expect(rule.deviceGroups == ["Servers"])
  }

  @Test("the newer family of Defender, in JSON") func newerFamily() throws {
    let text = """
      {"displayName": "D", "status": "enabled",
       "queryCondition": {"queryText": "DeviceEvents\\n| take 1"},
       "schedule": {"frequency": "PT0S"},
       "detectionAction": {
         "alertTemplate": {
           "title": "{{DeviceName}} did", "severity": "low", "eventGroupingKind": "singleAlert",
           "tactics": [{"tactic": "Execution", "techniques": [
             {"technique": "T1059", "subTechniques": ["T1059.001"]}]}],
           "customDetails": {"Who": "AccountName"},
           "entityMappings": {"hosts": [{"deviceIdColumn": "DeviceId"}],
             "ips": [{"addressColumn": "RemoteIP"}], "files": []}},
         "incidentConfiguration": {"isExcludedFromIncidentCorrelation": true},
         "automatedActions": {"isolateDevices":
           [{"deviceIdColumn": "DeviceId", "isolationType": "selective"}]}}}
      """
    let file = RuleFile(Array(text.utf8), format: .json)
    #expect(file.problems == [])
    let rule = try #require(file.rules.first)
    #expect(rule.schedule.isContinuous)
    #expect(rule.grouping == .singleAlert)
    #expect(rule.techniques == ["T1059", "T1059.001"])
    #expect(rule.entities.map(\.kind) == [.host, .ip])
    #expect(rule.actions.first?.isolation == "selective")
    #expect(rule.incidents.isExcludedFromCorrelation)
    let collection = RuleFile(Array("{\"value\": [\(text), \(text)]}".utf8), format: .json)
    #expect(collection.rules.count == 2)
  }

  @Test(
    "a way to isolate is full or selective, and said of the isolation of devices alone",
    arguments: [
      ("isolateDevice", "isolationType: full", nil),
      ("isolateDevice", "isolationType: selective", nil), ("isolateDevice", "other: x", nil),
      ("isolateDevice", "isolationType: Full", "'Full' is no way to isolate"),
      ("isolateDevice", "isolationType: partial", "'partial' is no way to isolate"),
      ("isolateDevice", "IsolationType: full", "'IsolationType' is no field"),
      (
        "runAntivirusScan", "isolationType: full",
        "'isolationType' goes with 'isolateDevice', not with 'runAntivirusScan'"
      ),
    ] as [(String, String, String?)]
  ) func isolation(_ kind: String, _ line: String, _ message: String?) {
    let text = """
      displayName: D
      queryCondition: {queryText: "DeviceEvents"}
      schedule: {period: "24H"}
      detectionAction:
        alertTemplate:
          title: t
          severity: medium
          category: Execution
          impactedAssets:
            - {"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}
        responseActions:
          - "@odata.type": "#microsoft.graph.security.\(kind)ResponseAction"
            identifier: deviceId
            \(line)
      """
    let problems = RuleFile(Array(text.utf8), format: .yaml).problems
    #expect(problems.map(\.message) == (message.map { [$0] } ?? []))
    #expect(problems.allSatisfy { $0.code == "HD014" && $0.isError && $0.place.line == 14 })
  }

  @Test("an exported template of ARM") func template() throws {
    let text = """
      {"resources": [{"type": "Microsoft.OperationalInsights/workspaces/providers/alertRules",
        "name": "abc", "kind": "Scheduled", "properties": {"displayName": "n", "enabled": true,
        "severity": "High", "query": "T", "queryFrequency": "PT1H", "queryPeriod": "PT1H",
        "triggerOperator": "GreaterThan", "triggerThreshold": 0, "tactics": null,
        "techniques": ["T1"]}}]}
      """
    let rule = try #require(RuleFile(Array(text.utf8), format: .json).rules.first)
    #expect(rule.id == "abc")
    #expect(rule.name == "n")
    #expect(rule.techniques == ["T1"])
  }

  @Test(
    "what is wrong is said with its place",
    arguments: [
      ("name: n\nquery: T\nseverity: Hig\nqueryFrequency: 1h\nqueryPeriod: 1h\n", "HD005", 3),
      ("name: n\nquery: T\nseverity: Low\nqueryFrequency: soon\nqueryPeriod: 1h\n", "HD004", 4),
      ("name: n\nquery: T\nseverity: Low\nqueryPeriod: 1h\n", "HD003", 1),
      (
        "name: n\nquery: T\nseverity: Low\nkind: Fusion\nqueryFrequency: 1h\nqueryPeriod: 1h\n",
        "HD007", 4
      ),
      ("a: b\n", "HD002", 1), ("a: [b\n", "HD001", 2),
      ("name: \"n\\0\"\nquery: T\nseverity: Low\nkind: NRT\n", "HD001", 0),
      ("name: n\nquery: T\nseverity: Low\nkind: NRT\ntactics:\n- Magic\n", "HD006", 6),
      (
        "name: n\nquery: T\nseverity: Low\nkind: NRT\nentityMappings:\n- entityType: Ghost\n",
        "HD010", 6
      ),
    ]
  )
  func problems(text: String, code: String, line: Int) {
    let file = RuleFile(Array(text.utf8), format: .yaml)
    #expect(file.problems.map(\.code) == [code])
    #expect(file.problems.first?.place.line == line)
    #expect(!file.isUsable)
  }

  @Test(
    "durations",
    arguments: [
      ("5m", 300), ("1h", 3_600), ("14d", 1_209_600), ("PT1H", 3_600), ("P14D", 1_209_600),
      ("24H", 86_400), ("0", 0), ("PT0S", 0), ("6h ", 21_600), ("pt30m", 1_800),
    ]
  )
  func durations(text: String, seconds: Int64) throws {
    let span = try #require(RuleDuration.read(text))
    #expect(span.ticks == seconds * TimeSpan.ticksPerSecond)
    #expect(RuleDuration.read(RuleDuration.iso(span)) == span)
    #expect(RuleDuration.read(RuleDuration.short(span)) == span)
  }

  @Test("what is no duration", arguments: ["", "h", "1", "-1h", "1x", "P", "99999999999999d"])
  func noDurations(text: String) { #expect(RuleDuration.read(text) == nil) }

  @Test("templates: values are no templates again") func templates() {
    let template = Template("{{A}} and {{ B }}, {{A}} {{}} {{C D}} {{{A}}} {{x")
    #expect(template.columns == ["A", "B"])
    #expect(Template("{{A}}").rendered { _ in "{{A}}" } == "{{A}}")
    #expect(Template("a{{b").rendered { _ in "?" } == "a{{b")
  }

  private static func rule(_ text: String) throws -> DetectionRule {
    let file = RuleFile(Array(text.utf8), format: .yaml)
    #expect(file.problems == [])
    return try #require(file.rules.first)
  }
}
