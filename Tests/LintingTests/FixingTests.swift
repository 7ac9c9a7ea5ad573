import KQLBinding
import Linting
import SourceText
import Testing

/// Fix-its on whole texts, and how their changes are shown.
struct FixingTests {
  private func fix(_ text: String) -> FixApplication.Outcome {
    let linter = Linter(facts: Lint.Facts())
    return FixApplication(linter) { Lint.subject($0) }.fix(SourceText(text))
  }

  @Test("fix-its are applied until none is left") func rounds() {
    let outcome = fix(
      #"""
      let a = 1;
      let b = a;
      DeviceEvents
      | where tolower(FileName) in ("a.exe")
      | sort by Timestamp
      | summarize count() by FileName
      | where FileName contains " x.yes "
      """#
    )
    let text = outcome.source.text(SourceSpan(0, outcome.source.bytes.count))
    #expect(
      text == #"""
        DeviceEvents
        | where FileName =~ "a.exe"
        | where FileName has " x.yes "
        | summarize count() by FileName
        """#
    )
    #expect(outcome.refused.isEmpty)
    #expect(outcome.appliedCount >= 6)
  }

  @Test("a fix-it that would make an error is put back and told") func refusal() {
    let linter = Linter(facts: Lint.Facts())
    let source = SourceText("let a = 1; DeviceInfo | join (DeviceNetworkInfo) on DeviceId")
    // A checker for which a text without the statement is an error.
    let fixer = FixApplication(linter) { text in
      let subject = Lint.subject(text)
      if text.bytes.starts(with: "let".utf8) { return subject }
      return LintSubject(
        tree: subject.tree,
        bound: subject.bound,
        diagnostics: [Diagnostic("KS999", .error, "broken", at: .at(0))]
      )
    }
    let outcome = fixer.fix(source)
    let text = outcome.source.text(SourceSpan(0, outcome.source.bytes.count))
    #expect(
      text == "let a = 1; DeviceInfo | join kind=innerunique (DeviceNetworkInfo) on DeviceId"
    )
    #expect(outcome.refused.map(\.diagnostic.code) == ["HL005"])
  }

  @Test("bytes that are no text stay as they are") func hostileBytes() {
    let query = Array("let a = 1;\nDeviceInfo // ".utf8) + [0xFF, 0x1B, 0xC3] + [0x0A]
    let linter = Linter(facts: Lint.Facts())
    let outcome = FixApplication(linter) { Lint.subject($0) }.fix(SourceText(bytes: query))
    #expect(outcome.source.bytes == Array(query.dropFirst(11)))
  }

  @Test("differences are shown as diff -u shows them") func difference() {
    let old = SourceText("a\nb\nc\nd\ne\nf\ng\nh\n")
    let new = SourceText("a\nb\nc\nd\nE\nf\ng\nh\ni")
    let lines = LineDifference(from: old, to: new).unified(path: "q.kql")
    #expect(
      lines.map { String(decoding: $0, as: UTF8.self) } == [
        "--- q.kql", "+++ q.kql", "@@ -2,7 +2,8 @@", " b", " c", " d", "-e", "+E", " f", " g", " h",
        "+i", "\\ No newline at end of file",
      ]
    )
    #expect(LineDifference(from: old, to: old).unified(path: "q.kql").isEmpty)
    let empty = LineDifference(from: SourceText(""), to: SourceText("x\n")).unified(path: "e")
    #expect(empty.map { String(decoding: $0, as: UTF8.self) }[2...] == ["@@ -0,0 +1,1 @@", "+x"])
  }
}
