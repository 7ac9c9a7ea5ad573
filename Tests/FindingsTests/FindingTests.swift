import Findings
import SourceText
import Testing

/// What a finding takes over from a diagnostic, and how it reads.
struct FindingTests {
  private let diagnostic = Diagnostic(
    "KS142",
    .error,
    "no column 'nope'",
    at: SourceSpan(22, 26),
    help: "see the schema",
    fixIts: [FixIt("drop it", span: SourceSpan(20, 26), replacement: "")]
  )

  @Test func `places count lines from 1 and columns in UTF-16`() {
    let region = SampleFindings.region
    #expect(SampleFindings.source.text(region.span) == "nope")
    #expect([region.startLine, region.startColumn] == [2, 14])
    #expect([region.endLine, region.endColumn] == [2, 18])
    let all = TextRegion(SourceSpan(0, 27), of: SampleFindings.source)
    #expect([all.startLine, all.startColumn, all.endLine, all.endColumn] == [1, 1, 3, 1])
  }

  @Test func `a diagnostic keeps its help, place and changes`() {
    let finding = Finding(diagnostic, of: SampleFindings.source, file: "./a.kql")
    #expect(finding.line == "./a.kql:2:14: error KS142: no column 'nope'; see the schema")
    #expect(finding.region == SampleFindings.region)
    #expect(finding.fixes.map(\.message) == ["drop it"])
    #expect(finding.fixes.first?.region.span == SourceSpan(20, 26))
    let whole = Finding(diagnostic, of: SampleFindings.source, file: "a", hasPlace: false)
    #expect(whole.line == "a: error KS142: no column 'nope'; see the schema")
  }

  @Test func `numbers have their digits`() {
    #expect(DecimalText.fixed(0.0449, digits: 3) == "0.045")
    #expect(DecimalText.fixed(12, digits: 2) == "12.00")
    #expect(DecimalText.fixed(1.5, digits: 0) == "2")
    #expect(DecimalText.fixed(.infinity, digits: 1) == "0.0")
  }
}
