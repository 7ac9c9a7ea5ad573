import FileAccess
import Foundation
import FoundationXML
import SourceText
import Testing

@testable import Hunting

/// Reads reports of query files back with parsers of others.
struct BatchReportTests {
  private static let hostile = "a\u{1B}[31m\u{0}\u{FFFE}\"<&>\n::error::]]>\u{202E}é😀"

  private func summary() throws -> BatchSummary {
    try BatchFolder([
      "q/good.kql": "print 1",
      "q/skipped.kql": "// harrier: skip \(Self.hostile.replacing("\n", with: " "))\nprint 1",
      "q/sub/wrong.kql": "// é\nprint \"😀\", nope\n",
      "q/sub/count <&\">.kql": "// harrier: expect rows == 2\nprint 1",
      "q/sub/odd.kql": "// harrier: expect snapshot\nprint \"\u{1}\u{1B}]0;x\u{7}\"",
      "q/sub/odd.kql.snapshot": "# harrier snapshot 1\n# result 1\nprint_0:string\n[\"<&]]>\"]\n",
    ]).run("q")
  }

  @Test func `JUnit is XML whatever is in it`() throws {
    let document = try XMLDocument(data: Data(JUnitReport(try summary()).bytes()))
    let root = try #require(document.rootElement())
    #expect(root.attribute(forName: "tests")?.stringValue == "5")
    #expect(root.attribute(forName: "failures")?.stringValue == "3")
    #expect(root.attribute(forName: "skipped")?.stringValue == "1")
    let suites = root.elements(forName: "testsuite")
    #expect(suites.compactMap { $0.attribute(forName: "name")?.stringValue } == ["q", "q/sub"])
    let names = suites.flatMap { $0.elements(forName: "testcase") }
      .compactMap { $0.attribute(forName: "name")?.stringValue }
    #expect(names == ["good.kql", "skipped.kql", "count <&\">.kql", "odd.kql", "wrong.kql"])
    let failures = try document.nodes(forXPath: "//failure/@type").compactMap(\.stringValue)
    #expect(failures == ["expectation", "snapshot", "query"])
  }

  @Test func `the JSON object tells everything`() throws {
    let bytes = BatchJSON(try summary()).bytes()
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    )
    #expect(object["failed"] as? Int == 3)
    let files = try #require(object["files"] as? [[String: Any]])
    #expect(
      files.map { $0["status"] as? String } == ["passed", "skipped", "failed", "failed", "failed"]
    )
    let finding = try #require((files.last?["findings"] as? [[String: Any]])?.first)
    #expect(finding["rule"] as? String == "KS142")
    #expect(finding["startLine"] as? Int == 2)
    // The pair of surrogates counts for two.
    #expect(finding["startColumn"] as? Int == 13)
    #expect(finding["endColumn"] as? Int == 17)
  }

  @Test func `SARIF has rules, places and changes`() throws {
    let region = TextRegion(startLine: 1, startColumn: 2, endLine: 1, endColumn: 3)
    let findings = [
      Finding(
        rule: "HR923",
        level: .error,
        message: Self.hostile,
        file: "./a b%é.kql",
        region: nil
      ),
      Finding(
        rule: "HR212",
        level: .warning,
        message: "x",
        file: "/abs/a.kql",
        region: region,
        fixes: [.init("change it", region: region, replacement: "\"")]
      ),
    ]
    let data = Data(SARIFLog(findings).bytes())
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["version"] as? String == "2.1.0")
    let run = try #require((object["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleIndex"] as? Int } == [1, 0])
    let text = String(decoding: SARIFLog(findings).bytes(), as: UTF8.self)
    #expect(text.contains(#""uri":"a%20b%25%C3%A9.kql""#))
    #expect(text.contains(#""uri":"file:///abs/a.kql""#))
    #expect(text.contains(#""insertedContent":{"text":"\""}"#))
  }

  @Test func `an empty log is one`() throws {
    let text = String(decoding: SARIFLog([]).bytes(), as: UTF8.self)
    #expect(text.contains(#""results":[]"#))
  }

  @Test func `annotations cannot be left`() {
    let region = TextRegion(startLine: 3, startColumn: 9, endLine: 3, endColumn: 11)
    let line = GitHubAnnotations.line(
      Finding(
        rule: "KS142",
        level: .error,
        message: "50% \u{1B}[0m\r\n::stop-commands::x",
        file: "./q/a,b:c.kql",
        region: region
      )
    )
    #expect(
      line == "::error file=q/a%2Cb%3Ac.kql,line=3,endLine=3,col=9,endColumn=11,title=KS142"
        + "::50%25 ␛[0m%0D%0A::stop-commands::x"
    )
    let note = Finding(rule: "HR1", level: .note, message: "m", file: "a", region: nil)
    #expect(GitHubAnnotations.line(note) == "::notice file=a,title=HR1::m")
  }

  @Test func `numbers have their digits`() {
    #expect(DecimalText.fixed(0.0449, digits: 3) == "0.045")
    #expect(DecimalText.fixed(12, digits: 2) == "12.00")
    #expect(DecimalText.fixed(1.5, digits: 0) == "2")
    #expect(DecimalText.fixed(.infinity, digits: 1) == "0.0")
  }
}
