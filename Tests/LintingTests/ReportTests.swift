import Linting
import SourceText
import Testing

/// The forms that programs read.
struct ReportTests {
  private func file(_ text: String, path: String) -> LintedFile {
    LintedFile(
      path: path,
      source: SourceText(text),
      findings: Lint.findings(text, rules: [.named("HL009"), .named("HL021")].compactMap { $0 })
    )
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test("SARIF has rules, places in UTF-16 and fixes") func sarif() throws {
    let query = "DeviceInfo | where DeviceName == '𝄞é' | join (DeviceNetworkInfo) on DeviceId"
    let rule = try #require(LintRule.named("HL009"))
    let report = LintReport([file(query, path: "hunt s/ü%.kql")])
    let expected =
      #"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","#
      + #""runs":[{"tool":{"driver":{"name":"Harrier","rules":[{"id":"HL009","#
      + #""name":"join-kind-missing","shortDescription":{"text":"\#(rule.summary)"},"#
      + #""fullDescription":{"text":"\#(rule.explanation)"},"help":{"text":"\#(rule.explanation)"},"#
      + #""defaultConfiguration":{"level":"warning"}}]}},"columnKind":"utf16CodeUnits","#
      + #""results":[{"ruleId":"HL009","ruleIndex":0,"level":"warning","message":{"text":"#
      + #""a join without 'kind' is 'innerunique': one left row for each key. write the kind that"#
      + #" is meant: inner, leftouter, leftanti, …"},"locations":[{"physicalLocation":"#
      + #"{"artifactLocation":{"uri":"hunt%20s/%C3%BC%25.kql"},"region":{"startLine":1,"#
      + #""startColumn":42,"endLine":1,"endColumn":46}}}],"fixes":[{"description":{"text":"#
      + #""write 'kind=innerunique', which changes nothing"},"artifactChanges":[{"#
      + #""artifactLocation":{"uri":"hunt%20s/%C3%BC%25.kql"},"replacements":[{"deletedRegion":"#
      + #"{"startLine":1,"startColumn":46,"endLine":1,"endColumn":46},"insertedContent":{"text":"#
      + #"" kind=innerunique"}}]}]}]}]}]}"# + "\n"
    #expect(text(report.sarif(rules: [rule])) == expected)
  }

  @Test("GitHub's commands are escaped") func github() {
    let report = LintReport([
      file("DeviceInfo\n| join (DeviceNetworkInfo) on DeviceId", path: "a,b:%\n::error.kql")
    ])
    #expect(
      text(report.github { $0 }) == "::warning file=a%2Cb%3A%25%0A%3A%3Aerror.kql,line=2,endLine=2,"
        + "col=3,endColumn=7,title=HL009 join-kind-missing::a join without 'kind' is "
        + "'innerunique': one left row for each key. write the kind that is meant: inner, "
        + "leftouter, leftanti, …\n"
    )
  }

  @Test("names that steer a terminal are escaped in JSON") func hostileNames() {
    let report = LintReport([
      file("DeviceInfo | join (DeviceNetworkInfo) on DeviceId", path: "\u{1B}[2J\u{7F}\"\\.kql")
    ])
    let json = text(report.json())
    #expect(json.contains(#""file":"\u001b[2J\u007f\"\\.kql","line":1,"column":14"#))
    #expect(json.hasPrefix("{\"files\":1,\"findings\":[\n{\"file\""))
  }
}
