import Findings
import Foundation
import SourceText
import Testing

/// What programs read of findings as JSON.
struct JSONTests {
  private func text(_ files: [CheckedFile]) -> String {
    String(decoding: FindingsJSON.document(files), as: UTF8.self)
  }

  @Test func `a finding has its place, rule and changes`() {
    let place = #""line":2,"column":14,"endLine":2,"endColumn":18,"start":22,"end":26"#
    let full =
      #"{"file":"./a.kql",\#(place),"code":"HL009","rule":"join-kind-missing","#
      + #""severity":"warning","message":"m","help":"m","related":[{"message":"m","#
      + #""file":"./a.kql",\#(place)},{"message":"m","file":"other.yaml"}],"#
      + #""fixes":[{"message":"m",\#(place),"replacement":"m"}]}"#
    let bare = #"{"file":"a","code":"HR923","severity":"error","message":"m","fixes":[]}"#
    let files = [
      CheckedFile("./a.kql", [SampleFindings.full(file: "./a.kql")]),
      CheckedFile("a", [SampleFindings.bare()]), CheckedFile("b", []),
    ]
    #expect(text(files) == "{\"files\":3,\"findings\":[\n\(full)\n,\(bare)\n]}\n")
    #expect(text([]) == "{\"files\":0,\"findings\":[\n]}\n")
  }

  @Test func `texts that steer a terminal are escaped and come back`() throws {
    let hostile = SampleFindings.hostile
    let bytes = FindingsJSON.document([
      CheckedFile(hostile, [SampleFindings.full(hostile, file: hostile)])
    ])
    #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A })
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    )
    let finding = try #require((object["findings"] as? [[String: Any]])?.first)
    #expect(finding["file"] as? String == hostile)
    #expect(finding["message"] as? String == hostile)
    #expect((finding["fixes"] as? [[String: Any]])?.first?["replacement"] as? String == hostile)
  }
}
