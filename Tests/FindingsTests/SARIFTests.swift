import Findings
import Foundation
import SourceText
import Testing

/// Reads SARIF logs back and holds them to the rules of version 2.1.0.
struct SARIFTests {
  private typealias Object = [String: Any]

  private func text(_ log: SARIFLog) -> String { String(decoding: log.bytes(), as: UTF8.self) }

  private func run(_ log: SARIFLog) throws -> Object {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(log.bytes())) as? Object
    )
    #expect(object["version"] as? String == "2.1.0")
    return try #require((object["runs"] as? [Object])?.first)
  }

  @Test func `a log is written as the standard says`() {
    let rule = RuleDescription("HL009", name: "n", .warning, summary: "s", explanation: "e")
    var finding = SampleFindings.full(file: "./hunt s/ü%.kql")
    finding.related.removeLast()
    let place =
      #"{"artifactLocation":{"uri":"hunt%20s/%C3%BC%25.kql"},"region":{"startLine":2,"#
      + #""startColumn":14,"endLine":2,"endColumn":18}}"#
    let expected =
      #"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","#
      + #""runs":[{"tool":{"driver":{"name":"Harrier","rules":[{"id":"HL009","name":"n","#
      + #""shortDescription":{"text":"s"},"fullDescription":{"text":"e"},"help":{"text":"e"},"#
      + #""defaultConfiguration":{"level":"warning"}}]}},"columnKind":"utf16CodeUnits","#
      + #""results":[{"ruleId":"HL009","ruleIndex":0,"level":"warning","message":{"text":"m; m"},"#
      + #""locations":[{"physicalLocation":\#(place)}],"#
      + #""relatedLocations":[{"physicalLocation":\#(place),"message":{"text":"m"}}],"#
      + #""fixes":[{"description":{"text":"m"},"artifactChanges":[{"#
      + #""artifactLocation":{"uri":"hunt%20s/%C3%BC%25.kql"},"replacements":[{"deletedRegion":"#
      + #"{"startLine":2,"startColumn":14,"endLine":2,"endColumn":18},"insertedContent":{"text":"#
      + #""m"}}]}]}]}]}]}"# + "\n"
    #expect(text(SARIFLog([finding], rules: [rule])) == expected)
  }

  @Test func `results name their rules, described or not`() throws {
    let rules = ["HL001", "HL009"].map {
      RuleDescription($0, name: $0, .hint, summary: "s", explanation: nil)
    }
    let findings = [
      SampleFindings.bare("KS142"), SampleFindings.bare("HR923", .hint), SampleFindings.full(),
      SampleFindings.bare("KS142", .warning),
    ]
    let run = try run(SARIFLog(findings, rules: rules))
    let driver = try #require((run["tool"] as? Object)?["driver"] as? Object)
    let described = try #require(driver["rules"] as? [Object])
    #expect(described.map { $0["id"] as? String } == ["HL001", "HL009", "HR923", "KS142"])
    let results = try #require(run["results"] as? [Object])
    #expect(results.map { $0["ruleIndex"] as? Int } == [3, 2, 1, 3])
    #expect(results.map { $0["level"] as? String } == ["error", "note", "warning", "warning"])
    #expect(try self.run(SARIFLog([]))["results"] as? [Object] != nil)
  }

  @Test func `hostile texts and paths stay texts and paths`() throws {
    let hostile = SampleFindings.hostile
    let log = SARIFLog([SampleFindings.full(hostile, file: hostile)])
    let result = try #require((try run(log)["results"] as? [Object])?.first)
    #expect((result["message"] as? Object)?["text"] as? String == "\(hostile); \(hostile)")
    let location = try #require((result["locations"] as? [Object])?.first)
    let place = try #require(location["physicalLocation"] as? Object)
    let uri = try #require((place["artifactLocation"] as? Object)?["uri"] as? String)
    #expect(uri.removingPercentEncoding == hostile)
    #expect(uri.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    // Nothing that steers a terminal is raw, but for the line end.
    #expect(log.bytes().dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
  }

  @Test(arguments: [
    ("a.kql", "a.kql"), ("./a.kql", "a.kql"), ("././a b", "a%20b"), (".//a", "a"),
    ("/abs/a", "file:///abs/a"), ("../a", "../a"), (".hidden", ".hidden"),
    ("http://x", "http%3A//x"),
  ])
  func address(path: String, uri: String) {
    let log = SARIFLog([Finding("HR1", .error, "m", file: path)])
    #expect(text(log).contains(#""artifactLocation":{"uri":"\#(uri)"}"#))
  }
}
