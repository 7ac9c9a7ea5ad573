import Findings
import RuleChecking
import SourceText
import Testing

/// Which columns must come through, and which operator loses them.
struct RequiredColumnTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let query: String
    /// Codes of HD101 to HD107 with the operator that they are drawn at.
    let expected: [String]

    init(_ query: String, _ expected: String...) {
      self.query = query
      self.expected = expected
    }

    var testDescription: String { query }
  }

  static let cases = [
    Case("DeviceEvents | where FileName == 'x'"),
    Case("DeviceEvents | count", "HD101 count", "HD103 count", "HD107 DeviceEvents"),
    Case(
      "DeviceEvents | summarize count() by DeviceId, ReportId",
      "HD101 summarize"
    ),
    Case("DeviceEvents | project DeviceId, ReportId | take 5", "HD101 project"),
    Case("DeviceEvents | project-away Timestamp", "HD101 project-away"),
    Case("DeviceEvents | project-rename T = Timestamp", "HD101 project-rename"),
    Case("DeviceEvents | distinct DeviceId, Timestamp", "HD103 distinct"),
    Case("DeviceEvents | summarize arg_max(Timestamp, *) by DeviceId"),
    Case("DeviceEvents | summarize arg_min(Timestamp, ReportId, FileName) by DeviceId"),
    Case(
      "DeviceEvents | summarize (Timestamp, ReportId) = arg_max(Timestamp, ReportId), count() "
        + "by DeviceId | where count_ > 5"
    ),
    Case(
      "DeviceEvents | summarize Timestamp = max(Timestamp) by DeviceId, ReportId",
      "HD102 summarize"
    ),
    Case(
      "DeviceEvents | extend Timestamp = bin(Timestamp, 1h) "
        + "| project Timestamp, DeviceId, ReportId",
      "HD102 extend"
    ),
    Case(
      "DeviceEvents | extend A = Timestamp | project Timestamp = A, DeviceId, ReportId"
    ),
    Case(
      "DeviceEvents | extend DeviceId = tolower(DeviceId)",
      "HD105 extend"
    ),
    Case(
      "DeviceEvents | summarize Timestamp = arg_max(Timestamp, FileName), "
        + "ReportId = any(ReportId) by DeviceId",
      "HD105 summarize"
    ),
    Case("DeviceEvents | join kind=leftsemi (DeviceInfo | project DeviceId) on DeviceId"),
    Case(
      "DeviceInfo | distinct DeviceId | join kind=inner DeviceEvents on DeviceId "
        + "| project Timestamp, DeviceId, ReportId"
    ),
    Case(
      "let a = DeviceEvents | project DeviceId, Timestamp; a | where isnotempty(DeviceId)",
      "HD103 project"
    ),
    Case("union DeviceEvents, DeviceFileEvents | where FileName == 'x'"),
    Case("AlertEvidence | project Timestamp, DeviceId"),
    Case("EmailEvents | project Timestamp, RecipientEmailAddress", "HD103 project"),
    Case(
      "DeviceTvmSoftwareInventory | project DeviceId",
      "HD104 DeviceTvmSoftwareInventory"
    ),
    Case("SigninLogs | project TimeGenerated, AccountUpn = Identity", "HD106 SigninLogs"),
    Case(
      "SigninLogs | project Timestamp = TimeGenerated, AccountUpn = Identity, ReportId = Id",
      "HD101 project"
    ),
    // Errors and open tables say nothing of columns.
    Case("DeviceEvents | project Nothing"),
    Case("_GetWatchlist('x') | project DeviceId"),
  ]

  @Test("required columns", arguments: cases)
  func columns(_ item: Case) {
    let text = Checking.detection(item.query)
    let found = Checking.findings(text).filter { $0.code < "HD108" && $0.code > "HD100" }
    let told = found.map { finding in
      let drawn = Checking.text(finding, text)
      return "\(finding.code) " + drawn.prefix { $0.isLetter || $0 == "-" }
    }
    #expect(told.sorted() == item.expected.sorted(), "\(found.map(\.line))")
  }

  @Test("places are those of the file and of the query") func places() throws {
    let text = Checking.detection(
      "DeviceEvents\n| where FileName == \"ä\"\n| project DeviceId, ReportId"
    )
    let finding = try #require(Checking.findings(text, "HD101").first)
    #expect(finding.region?.startLine == 6)
    #expect(finding.region?.startColumn == 7)
    #expect(Checking.text(finding, text) == "project DeviceId, ReportId")
    #expect(finding.related.first?.message == "line 3, column 3 of the query")
    #expect(finding.message.contains("'project' drops it"))
  }

  @Test("what parser and binder say has its place in the file too") func diagnostics() throws {
    let text = Checking.detection("DeviceEvents\n| where Nam == 1")
    let finding = try #require(Checking.findings(text).first { $0.code.hasPrefix("KS") })
    #expect(Checking.text(finding, text) == "Nam")
    #expect(finding.related.first?.message == "line 2, column 9 of the query")
  }

  @Test("a query in a JSON string has the place of the string where it has escapes")
  func escapes() throws {
    let text = #"""
      {"displayName": "R", "queryCondition": {"queryText": "DeviceEvents\n| project DeviceId"},
       "schedule": {"period": "1H"}, "detectionAction": {"alertTemplate": {"title": "T",
       "description": "D", "severity": "low", "category": "Execution", "impactedAssets": []}}}
      """#
    let document = Checking.document(text, path: "rule.json")
    let findings = Checking.checker.check([document])[0].findings
    let finding = try #require(findings.first { $0.code == "HD101" })
    #expect(Checking.text(finding, text).hasPrefix("\"DeviceEvents"))
    #expect(finding.fixes.isEmpty)
    #expect(finding.related.first?.message == "line 2, column 3 of the query")
  }
}
