import Columnar
import FileAccess
import Linting
import SourceText
import Testing

/// The linter over published queries, where the corpus is at hand.
struct CorpusLintTests {
  private static let path = "../shared/corpus/hunting-queries.jsonl"

  private static func queries() throws -> [String] {
    let bytes = try LocalFileSystem().readAll(path, limitBytes: 64 << 20)
    return bytes.split(separator: 0x0A).compactMap { line in
      var writer = DynamicWriter(capacity: line.count)
      let isRead = line.withUnsafeBufferPointer { JSONParser.parse($0, into: &writer) }
      guard isRead else { return nil }
      let name = Array("query".utf8)
      let text = name.withUnsafeBufferPointer { writer.view().member(named: $0)?.string }
      return text.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private static var isPresent: Bool { (try? LocalFileSystem().status(of: path)) != nil }

  @Test(
    "every fix-it offered over the corpus binds without new errors",
    .enabled(if: isPresent, "the corpus is not here")
  )
  func corpus() throws {
    let linter = Linter(facts: Lint.Facts())
    var offered = 0
    // `.ci/lint_corpus.py` lints all of them, and runs what is fixed.
    for (index, query) in try Self.queries().enumerated() where index % 4 == 0 {
      let source = SourceText(query)
      let before = Lint.subject(source)
      let findings = linter.lint(before)
      for finding in findings {
        let span = finding.diagnostic.span
        #expect(span.start >= 0 && span.end <= source.bytes.count, "\(finding)")
        guard let fixIt = finding.fixIt else { continue }
        offered += 1
        let after = Lint.subject(source.applying([fixIt]))
        let news = errors(after).subtracting(errors(before))
        #expect(news.isEmpty, "\(finding.diagnostic) in \(query)")
      }
    }
    #expect(offered > 100)
  }

  private func errors(_ subject: LintSubject) -> Set<String> {
    Set(subject.diagnostics.filter { $0.severity == .error }.map { "\($0.code) \($0.message)" })
  }
}
