import Findings
import Linting
import SourceText
import Testing

/// What reports get of findings of rules.
struct ReportTests {
  private let text = "DeviceInfo | where DeviceName == '𝄞é' | join (DeviceNetworkInfo) on DeviceId"

  @Test func `findings carry the rule, the place in UTF-16 and the change`() throws {
    let rule = try #require(LintRule.named("HL009"))
    let findings = Lint.findings(text, rules: [rule])
    let file = LintedFile(path: "a.kql", source: SourceText(text), findings: findings)
    let checked = file.checked
    #expect(checked.path == "a.kql")
    let finding = try #require(checked.findings.first)
    #expect(checked.findings.count == 1)
    #expect(finding.ruleName == "join-kind-missing")
    #expect(
      finding.line == "a.kql:1:42: warning HL009: a join without 'kind' is 'innerunique': one left "
        + "row for each key; write the kind that is meant: inner, leftouter, leftanti, …"
    )
    let fix = try #require(finding.fixes.first)
    #expect(fix.message == "write 'kind=innerunique', which changes nothing")
    #expect(fix.replacement == " kind=innerunique")
    #expect([fix.region.startColumn, fix.region.endColumn] == [46, 46])
  }

  @Test func `reports say of rules what the linter says`() throws {
    let rule = try #require(LintRule.named("HL009"))
    let description = rule.description
    #expect(description.code == "HL009")
    #expect(description.name == "join-kind-missing")
    #expect(description.summary == rule.summary)
    #expect(description.explanation == rule.explanation)
    #expect(description.severity == .warning)
  }
}
