import Findings
import RuleChecking
import SourceText
import Testing

/// Every check finds something in its bad example, and nothing in its good one.
struct CheckExamplesTests {
  /// Checks whose bad examples the reader refuses too.
  private static let alsoRefused = ["HD111", "HD302"]

  @Test(
    "each check with a rule that fails it and one that passes",
    arguments: RuleCheck.all.map(\.code)
  )
  func examples(_ code: String) throws {
    let check = try #require(RuleCheck.named(code))
    let bad = Checking.findings(check.bad)
    let found = bad.filter { $0.code == code }
    #expect(!found.isEmpty, "\(code) finds nothing in\n\(check.bad)\n\(bad.map(\.line))")
    for finding in found {
      #expect(finding.ruleName == check.name)
      #expect(finding.region != nil)
    }
    #expect(found.contains { $0.severity == check.severity }, "\(code)")
    let unread = bad.filter { $0.code.hasPrefix("HD0") || $0.code.hasPrefix("KS") }
    #expect(unread.isEmpty || Self.alsoRefused.contains(code), "\(unread.map(\.line))")
    let good = Checking.findings(check.good).filter { $0.code == code || $0.severity == .error }
    #expect(good.isEmpty, "\(good.map(\.line)) in\n\(check.good)")
  }

  @Test("codes and names are each there once, and sorted by family") func registry() {
    let codes = RuleCheck.all.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(codes == codes.sorted())
    #expect(Set(RuleCheck.all.map(\.name)).count == codes.count)
    for code in codes { #expect(RuleCheck.named(code.lowercased())?.code == code) }
    #expect(RuleCheck.named("time-column-altered")?.code == "HD102")
    #expect(RuleCheck.named("HD999") == nil)
  }

  @Test("a change that a check offers mends its finding", arguments: RuleCheck.all.map(\.code))
  func fixes(_ code: String) throws {
    let check = try #require(RuleCheck.named(code))
    let document = Checking.document(check.bad)
    let checker = Checking.checker([check])
    let found = checker.check([document])[0].findings.filter { $0.ruleName != nil }
    guard let fix = found.first?.fixes.first else { return }
    let span = fix.region.span
    let bytes = document.source.bytes
    let changed =
      Array(bytes[..<span.start]) + Array(fix.replacement.utf8) + Array(bytes[span.end...])
    let after = checker.check([
      RuleDocument(path: document.path, bytes: changed, format: document.format)
    ])[0].findings
    #expect(after.count == found.count - 1, "\(after.map(\.line))")
    #expect(!after.contains { $0.severity == .error && $0.ruleName == nil })
  }
}
