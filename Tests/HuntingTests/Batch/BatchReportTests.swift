import FileAccess
import Findings
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
    #expect(finding["code"] as? String == "KS142")
    #expect(finding["line"] as? Int == 2)
    // The pair of surrogates counts for two.
    #expect(finding["column"] as? Int == 13)
    #expect(finding["endColumn"] as? Int == 17)
  }
}
