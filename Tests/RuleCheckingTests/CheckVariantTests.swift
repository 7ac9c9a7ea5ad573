import Findings
import SourceText
import StructuredText
import Testing

@testable import RuleChecking

/// What checks say beside what their examples show.
struct CheckVariantTests {
  /// A changed example and how bad what a check finds in it is.
  struct Variant<Example>: Sendable {
    let code: String
    let severities: [FindingSeverity]
    let change: @Sendable (inout Example) -> Void

    init(
      _ code: String,
      _ severities: [FindingSeverity],
      _ change: @escaping @Sendable (inout Example) -> Void
    ) {
      self.code = code
      self.severities = severities
      self.change = change
    }
  }

  typealias Detection = Variant<DefenderExample>
  typealias Analytics = Variant<SentinelExample>

  static let detections = [
    Detection("HD102", [.warning]) {
      $0.query = "DeviceEvents | summarize Timestamp = min(Timestamp) by DeviceId, ReportId"
    },
    Detection("HD107", []) { $0.query = "EmailEvents | project Timestamp, RecipientEmailAddress" },
    Detection("HD109", []) {
      $0.query = "DeviceEvents | summarize arg_max(Timestamp, *) by DeviceId"
    },
    Detection("HD203", [.warning, .warning]) {
      $0.period = "0"
      $0.query = "DeviceEvents | sort by Timestamp | take 5"
    },
    Detection("HD203", [.error]) {
      $0.period = "0"
      $0.query = "union DeviceEvents, DeviceEvents"
    },
    Detection("HD204", [.error, .error]) {
      $0.period = "0"
      $0.query = "DeviceEvents // a\n// b\n| where FileName has \"// no\""
    },
    Detection("HD206", [.error]) {
      $0.period = "0"
      $0.query = "CloudAppEvents | where tostring(RawEventData.X) == \"a\""
    },
    Detection("HD206", []) {
      $0.period = "0"
      $0.query = "DeviceEvents | where tostring(FileName) == \"a\""
    },
    // Only continuous rules are held to these.
    Detection("HD204", []) { $0.query = "DeviceEvents // a" },
    Detection("HD305", []) { $0.assets = ["Device deviceId", "User accountSid"] },
    Detection("HD321", [.error]) {
      $0.query = "EmailEvents | where Subject has \"x\""
      $0.assets = ["Mailbox recipientEmailAddress"]
      $0.action = [
        "responseActions:",
        "  - \"@odata.type\": \"#microsoft.graph.security.moveToJunkResponseAction\"",
        "    identifier: networkMessageId",
      ]
    },
    Detection("HD321", [.error]) {
      $0.action = [
        "responseActions:",
        "  - \"@odata.type\": \"#microsoft.graph.security.isolateDeviceResponseAction\"",
        "    isolationType: full",
      ]
    },
    Detection("HD404", [.hint]) { $0.description = "see [this](https://example.com)" },
    Detection("HD405", [.error]) { $0.title = " " },
    Detection("HD412", [.error]) { $0.category = "ImpairProcessControl" },
    Detection("HD501", [.error]) { $0.period = "30D" },
    Detection("HD501", []) {
      $0.period = "10M"
      $0.query = "SigninLogs | where ResultType != 0 | project TimeGenerated, AccountUpn = Identity"
    },
    Detection("HD503", [.error]) { $0.period = "24H\"\n  lookback: \"PT1H" },
    Detection("HD507", [.warning]) {
      $0.query = "let d = 2d; DeviceEvents | where Timestamp > ago(d) and FileName has \"x\""
    },
    Detection("HD507", []) {
      $0.period = "24H"
      $0.query = "DeviceEvents | where Timestamp > ago(30d)"
    },
  ]

  @Test("custom detections", arguments: detections)
  func detection(_ item: Detection) {
    var example = DefenderExample()
    item.change(&example)
    expect(example.text, item.code, item.severities)
  }

  static let account = """
    - entityType: Account
      fieldMappings: [{identifier: FullName, columnName: UserPrincipalName}]
    """

  static let analytics = [
    // What Defender asks for is not asked of them.
    Analytics("HD101", []) { $0.query = "SigninLogs | count" },
    Analytics("HD110", [.error]) { $0.query = "union * | take 5" },
    Analytics("HD110", []) { $0.query = "union Signin* | take 5" },
    Analytics("HD111", [.error]) { $0.query = " " },
    Analytics("HD303", [.error]) {
      $0.entities = Array(repeating: account, count: 11).joined(separator: "\n")
    },
    Analytics("HD304", []) {
      $0.entities = """
        - entityType: Account
          fieldMappings:
            - {identifier: Name, columnName: UserPrincipalName}
            - {identifier: UPNSuffix, columnName: IPAddress}
        """
    },
    Analytics("HD305", [.error]) {
      $0.entities = """
        - entityType: IP
          fieldMappings:
            - {identifier: Address, columnName: IPAddress}
            - {identifier: Address, columnName: IPAddress}
        """
    },
    Analytics("HD401", [.error]) {
      $0.more = ["alertDetailsOverride:", "  alertDisplayNameFormat: \"By {{user}}\""]
    },
    Analytics("HD402", [.warning]) {
      $0.more = ["alertDetailsOverride:", "  alertDisplayNameFormat: \"{{a}}{{b}}{{c}}{{d}}\""]
    },
    // Names are no templates.
    Analytics("HD401", []) { $0.name = "{{user}}" },
    Analytics("HD421", [.hint]) { $0.techniques = "[T0801]" },
    Analytics("HD421", []) { $0.techniques = "[T0858]" },
    Analytics("HD422", [.warning]) { $0.techniques = "[T1043]" },
    Analytics("HD502", [.error, .error]) {
      $0.frequency = "PT1M"
      $0.period = "P15D"
    },
    Analytics("HD502", []) {
      $0.frequency = "5m"
      $0.period = "14d"
    },
    Analytics("HD510", []) { $0.threshold = "10" },
    Analytics("HD511", [.hint]) {
      $0.frequency = "5h"
      $0.period = "5h"
      $0.more = ["suppressionEnabled: true", "suppressionDuration: 1h"]
    },
    Analytics("HD511", []) { $0.more = ["suppressionEnabled: false", "suppressionDuration: 30d"] },
  ]

  @Test("analytics rules", arguments: analytics)
  func rule(_ item: Analytics) {
    var example = SentinelExample()
    item.change(&example)
    expect(example.text, item.code, item.severities)
  }

  private func expect(_ text: String, _ code: String, _ severities: [FindingSeverity]) {
    let findings = Checking.findings(text)
    let found = findings.filter { $0.code == code }
    #expect(found.map(\.severity) == severities, "\(findings.map(\.line)) in\n\(text)")
  }

  @Test("rules of several files are held against each other") func severalFiles() throws {
    let first = Checking.document(SentinelExample().text, path: "a.yaml")
    let second = Checking.document(SentinelExample().text, path: "b.yaml")
    let checked = Checking.checker.check([first, second])
    for (file, other) in zip(checked, ["b.yaml", "a.yaml"]) {
      let finding = try #require(file.findings.first { $0.code == "HD601" })
      #expect(finding.related.map(\.file) == [other])
      #expect(file.findings.contains { $0.code == "HD602" && $0.severity == .warning })
    }
    #expect(Checking.checker.check([first])[0].findings.isEmpty)
  }

  @Test("the newer family of Graph") func newerFamily() {
    let text = """
      displayName: "Rule"
      queryCondition:
        queryText: DeviceEvents | where FileName == 'x' | project Timestamp, DeviceId, ReportId
      schedule: {frequency: PT1H}
      detectionAction:
        alertTemplate:
          title: "On {{DeviceName}}"
          description: "Text"
          severity: medium
          tactics:
            - tactic: Execution
              techniques: [{technique: T1059, subTechniques: [T1086]}]
          entityMappings:
            hosts: [{deviceIdColumn: deviceId}]
            files: [{sha1Column: SHA1}]
        automatedActions:
          isolateDevices: [{deviceIdColumn: DeviceId, isolationType: full}]
          blockFiles: [{sha1Column: SHA1}]
      """
    let findings = Checking.findings(text)
    #expect(
      findings.map { "\($0.code) \(Checking.text($0, text))" }.sorted() == [
        "HD302 SHA1", "HD302 deviceId", "HD320 SHA1", "HD401 \"On {{DeviceName}}\"", "HD422 T1086",
      ],
      "\(findings.map(\.line))"
    )
    #expect(
      findings.first { $0.message.contains("deviceId") }?.fixes.first?.replacement == "DeviceId"
    )
  }

  @Test("files with a byte order mark and carriage returns have the same places") func lineEnds() {
    let plain = Checking.detection("DeviceEvents\n| project DeviceId")
    let lines = "id: 'é'\n\(plain)".replacing("\n", with: "\r\n")
    let text = "\u{FEFF}" + lines
    let found = Checking.findings(text, "HD101")
    #expect(found.map { Checking.text($0, text) } == ["project DeviceId"])
    #expect(found.first?.fixes.first?.replacement == "Timestamp, ")
  }
}
