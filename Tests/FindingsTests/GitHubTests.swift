import Findings
import SourceText
import Testing

/// Holds annotations to one command a finding, whatever is in it.
struct GitHubTests {
  @Test func `a command has place, title and message`() {
    #expect(
      GitHubAnnotations.line(SampleFindings.full(file: "./q/a.kql"))
        == "::warning file=q/a.kql,line=2,endLine=2,col=14,endColumn=18,"
        + "title=HL009 join-kind-missing::m; m"
    )
    #expect(
      GitHubAnnotations.line(SampleFindings.bare("HR1", .hint)) == "::notice file=a,title=HR1::m"
    )
    let lines = TextRegion(SourceSpan(0, 26), of: SampleFindings.source)
    let finding = Finding("HR1", .error, "m", file: "a", at: lines)
    #expect(
      GitHubAnnotations.line(finding) == "::error file=a,line=1,endLine=2,col=1,title=HR1::m"
    )
  }

  @Test func `a command cannot be left`() {
    let hostile = SampleFindings.hostile
    var finding = Finding("KS142", .error, hostile, file: hostile)
    finding.ruleName = hostile
    let line = GitHubAnnotations.line(finding)
    let property =
      "a␛[31m␀<U+FFFE>\"<&>'%0D%0A%3A%3Aerror%3A%3A]]><U+202E>é😀␡\\%3A\u{301}%2C%25"
    let data = "a␛[31m␀<U+FFFE>\"<&>'%0D%0A::error::]]><U+202E>é😀␡\\:\u{301},%25"
    #expect(line == "::error file=\(property),title=KS142 \(property)::\(data)")
    #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    let bytes = GitHubAnnotations.bytes([finding, finding])
    #expect(bytes.split(separator: 0x0A).count == 2)
  }
}
