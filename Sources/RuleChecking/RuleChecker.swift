public import Findings
public import Hunting
public import SourceText
import DetectionRules
import StructuredText

/// Looks for what the products would refuse of detection rules, and for what misbehaves there.
public struct RuleChecker: Sendable {
  private let checks: [RuleCheck]
  private let schemas: TableSchemas
  private let check: @Sendable (SourceText) -> CheckedQuery

  /// - Parameters:
  ///   - checks: the checks to make; what is wrong with files and queries is a finding anyway.
  ///   - check: parses and binds a query.
  public init(
    _ checks: [RuleCheck] = RuleCheck.all,
    schemas: TableSchemas,
    check: @escaping @Sendable (SourceText) -> CheckedQuery
  ) {
    self.checks = checks
    self.schemas = schemas
    self.check = check
  }

  /// Checks files, also against each other; findings are in the order of the text.
  public func check(_ documents: [RuleDocument]) -> [CheckedFile] {
    let others = RuleDirectory(documents)
    return documents.map { document in
      var findings = document.file.problems.map { problem(of: $0, in: document) }
      for rule in document.file.rules {
        findings += self.findings(of: rule, in: document, others)
      }
      return CheckedFile(document.path, Self.sorted(findings))
    }
  }

  private func problem(of problem: RuleProblem, in document: RuleDocument) -> Finding {
    var finding = Finding(
      problem.code,
      problem.isError ? .error : .warning,
      problem.message,
      file: document.path,
      at: document.region(at: problem.place)
    )
    finding.help = problem.help
    return finding
  }

  private func findings(
    of rule: DetectionRule,
    in document: RuleDocument,
    _ others: RuleDirectory
  ) -> [Finding] {
    let query = QueryFacts(rule.query.text, schemas: schemas, check: check)
    let context = RuleContext(
      rule: rule,
      document: document,
      query: query,
      schemas: schemas,
      others: others
    )
    let writer = FindingWriter(rule, query.source, in: document)
    return query.checked.diagnostics.map(writer.finding)
      + checks.flatMap { check in check.find(context).map { writer.finding($0, of: check) } }
  }

  private static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.sorted { left, right in
      let first = left.region?.span.start ?? 0
      let second = right.region?.span.start ?? 0
      return (first, left.code, left.message) < (second, right.code, right.message)
    }
  }
}

extension RuleCheck {
  /// The check for reports.
  public var description: RuleDescription {
    RuleDescription(code, name: name, severity, summary: summary, explanation: explanation)
  }
}
