import KQLSyntax
public import SourceText

/// Applies the fix-its of rules to a text, again and again until none is left.
///
/// What parser and binder suggest is a guess of theirs and not applied. No two fix-its of a round
/// overlap, and a text with an error that was not there before is not kept.
public struct FixApplication: Sendable {
  /// What came of it.
  public struct Outcome: Sendable {
    public let source: SourceText
    public let appliedCount: Int
    /// Findings whose fix-it would have made an error.
    public let refused: [LintFinding]
  }

  private let linter: Linter
  private let check: @Sendable (SourceText) -> LintSubject
  /// More rounds than nested findings need.
  private static let roundLimit = 50

  /// - Parameter check: parses and binds a text.
  public init(_ linter: Linter, check: @escaping @Sendable (SourceText) -> LintSubject) {
    self.linter = linter
    self.check = check
  }

  /// Applies what can be applied.
  public func fix(_ source: SourceText) -> Outcome {
    var subject = check(source)
    var appliedCount = 0
    var refused: [LintFinding] = []
    var refusals: Set<String> = []
    for _ in 0..<Self.roundLimit {
      let offered = linter.lint(subject).filter { finding in
        finding.fixIt != nil && !refusals.contains(Self.key(finding, subject))
      }
      let chosen = Self.withoutOverlaps(offered)
      if chosen.isEmpty { break }
      if let next = apply(chosen, to: subject) {
        subject = next
        appliedCount += chosen.count
        continue
      }
      for finding in chosen {
        if let next = apply([finding], to: subject) {
          subject = next
          appliedCount += 1
          break
        }
        refused.append(finding)
        refusals.insert(Self.key(finding, subject))
      }
    }
    return Outcome(source: subject.tree.source, appliedCount: appliedCount, refused: refused)
  }

  /// The text after fix-its; nil where it has an error that was not there before.
  private func apply(_ findings: [LintFinding], to subject: LintSubject) -> LintSubject? {
    let fixed = subject.tree.source.applying(findings.compactMap(\.fixIt))
    let next = check(fixed)
    return Self.errors(next).isSubset(of: Self.errors(subject)) ? next : nil
  }

  private static func errors(_ subject: LintSubject) -> Set<String> {
    let errors = subject.diagnostics.filter { $0.severity == .error }
    return Set(errors.map { "\($0.code) \($0.message)" })
  }

  /// What stays of a finding when the text before it changes.
  private static func key(_ finding: LintFinding, _ subject: LintSubject) -> String {
    let text = subject.tree.source.text(finding.diagnostic.span)
    return "\(finding.diagnostic.code) \(text) \(finding.fixIt?.replacement ?? "")"
  }

  /// The first of those that overlap or touch, in text order.
  private static func withoutOverlaps(_ findings: [LintFinding]) -> [LintFinding] {
    var end = -1
    var chosen: [LintFinding] = []
    let sorted = findings.sorted { ($0.fixIt?.span.start ?? 0) < ($1.fixIt?.span.start ?? 0) }
    for finding in sorted {
      guard let span = finding.fixIt?.span, span.start > end else { continue }
      chosen.append(finding)
      end = span.end
    }
    return chosen
  }
}

extension LintFinding {
  /// What a rule would change; nil where it offers nothing or no rule found it.
  public var fixIt: FixIt? { ruleName == nil ? nil : diagnostic.fixIts.first }
}

extension SourceText {
  /// The text after changes, which must not overlap.
  public func applying(_ fixIts: [FixIt]) -> SourceText {
    var changed: [UInt8] = []
    var offset = 0
    for fixIt in fixIts.sorted(by: { $0.span.start < $1.span.start }) {
      changed += bytes[offset..<fixIt.span.start]
      changed += Array(fixIt.replacement.utf8)
      offset = fixIt.span.end
    }
    changed += bytes[offset...]
    return SourceText(bytes: changed, name: name)
  }
}
