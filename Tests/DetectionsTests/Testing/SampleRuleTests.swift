import Detections
import FileAccess
import Foundation
import StructuredText
import Testing

/// The rules of the samples and their tests.
struct SampleRuleTests {
  @Test("the tests of the samples pass, and no rule is without") func samples() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("Samples/rules").path
    let search = try RuleTestSearch([folder], in: LocalFileSystem())
    #expect(search.rules.count == 9)
    #expect(RuleTestCoverage(search).rows.compactMap(\.gap) == [])
    let summary = try RuleTestRunner().run(search.tests, jobs: 2)
    #expect(summary.outcomes.count >= 12)
    for outcome in summary.outcomes where outcome.status != .passed {
      let problems = outcome.problems.map { "\($0.place.line): \($0.sentence) \($0.details)" }
      Issue.record("\(outcome.path): \(outcome.name ?? ""): \(problems)")
    }
  }
}
