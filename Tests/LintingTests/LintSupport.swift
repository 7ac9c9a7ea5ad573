import Columnar
import Hunting
import Linting
import SourceText

/// Lints as the command does, over the schemas of the house.
enum Lint {
  static let engine = HuntingEngine()

  static func subject(_ source: SourceText) -> LintSubject {
    let checked = engine.check(source)
    return LintSubject(tree: checked.tree, bound: checked.bound, diagnostics: checked.diagnostics)
  }

  static func findings(
    _ text: String,
    rules: [LintRule] = LintRule.all
  ) -> [LintFinding] {
    Linter(rules: rules, facts: Facts()).lint(subject(SourceText(text)))
  }

  /// The codes of the rules that find something, in text order.
  static func codes(_ text: String) -> [String] {
    findings(text).filter { $0.ruleName != nil }.map(\.diagnostic.code)
  }

  /// The text after the fix-its of one rule.
  static func fixed(_ text: String, by code: String) -> String {
    let rules = LintRule.named(code).map { [$0] } ?? []
    let linter = Linter(rules: rules, facts: Facts())
    let outcome = FixApplication(linter) { subject($0) }.fix(SourceText(text))
    return outcome.source.text(SourceSpan(0, outcome.source.bytes.count))
  }

  struct Facts: SchemaFacts {
    let schemas = TableSchemas.environment(.hunting)

    func timeColumns(of table: String) -> [String] {
      guard let time = schemas.lookup(table)?.timeColumn else { return [] }
      return time == "Timestamp" ? [time, "TimeGenerated"] : [time]
    }

    func successor(of table: String) -> String? { schemas.successor(of: table) }

    func renamedColumn(_ column: String, in table: String) -> String? {
      schemas.renamedColumn(column, in: table)
    }

    func columnNames(of table: String) -> Set<String> {
      Set(schemas.lookup(table)?.columns.map(\.name) ?? [])
    }
  }
}
