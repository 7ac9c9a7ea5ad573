public import ArgumentParser
import FileAccess
import Findings
public import Hunting
import Linting
public import SourceText

/// `harrier lint`: looks for mistakes of hunters in query texts.
struct LintCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Look for mistakes and slow habits in queries; exit with 1 where there are some.",
    discussion: """
      Takes files, folders (*.kql and *.csl below them, hidden folders left out) and - for \
      standard input. A comment silences a rule: // harrier-lint: disable=HL002 on the line or \
      the one before it, // harrier-lint: disable-file=HL001,HL005 in the whole file.

        harrier lint hunts/ --diff
        harrier lint hunts/ --format sarif > lint.sarif
        harrier lint --explain HL009

      Exit codes: 0 nothing at or above warning, 1 findings, 2 wrong usage.
      """
  )

  /// What findings are written as.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case sarif
    case github
    case junit
  }

  @Argument(help: ArgumentHelp("Files and folders; - for standard input.", valueName: "path"))
  var paths: [String] = []

  @Option(help: ArgumentHelp("Apply only these rules.", valueName: "code,…"))
  var rule: [String] = []

  @Option(help: ArgumentHelp("Leave these rules out.", valueName: "code,…"))
  var disable: [String] = []

  @Option(help: "The least severity that is shown.")
  var severity: Severity = .warning

  @Option(help: "The tables that queries are written against.")
  var environment: SchemaEnvironment = .hunting

  @Option(help: "How findings are written.")
  var format: Format = .text

  @Flag(help: "Apply the fix-its of all rules to the files.")
  var fix = false

  @Flag(help: "Show what --fix would change.")
  var diff = false

  @Flag(help: "List the rules.")
  var list = false

  @Option(help: ArgumentHelp("Explain a rule.", valueName: "code"))
  var explain: String?

  @OptionGroup var data: DataOptions

  func validate() throws {
    for name in NameOptions.split(rule) + NameOptions.split(disable)
      + (explain.map { [$0] } ?? [])
    where LintRule.named(name) == nil {
      throw ValidationError("There is no rule '\(TerminalText(name).text)'; see --list.")
    }
    if paths.isEmpty, !list, explain == nil {
      throw ValidationError("Name files or folders, or - for standard input.")
    }
    if fix, !diff, paths.contains("-") {
      throw ValidationError("--fix changes files; for standard input say --diff.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    if list || explain != nil {
      let code = explain.flatMap { LintRule.named($0)?.code }
      let text = code.map(RuleManual.lint.explanation) ?? RuleManual.lint.list
      try console.write(Array(text.utf8))
      return 0
    }
    var engine = HuntingEngine(schemas: .environment(environment))
    let opened = try data.load(into: &engine, console)
    // As in `harrier run`, one's own functions are not known.
    if opened == nil { engine.setFunctions([]) }
    let run = LintRun(
      engine: engine,
      parameters: try data.queryParameters(),
      rules: chosenRules(),
      console: console
    )
    let files = run.read(paths)
    if diff { return try run.showDifferences(files) }
    let linted = (fix ? run.fix(files) : files).map(run.lint)
    let shown = linted.map { file in
      LintedFile(
        path: file.path,
        source: file.source,
        findings: file.findings.filter { $0.diagnostic.severity >= severity }
      )
    }
    let isClean = shown.allSatisfy { file in
      file.findings.allSatisfy { $0.diagnostic.severity < .warning }
    }
    let code = isClean && !run.hasFailed ? 0 : ExitCodes.queryError
    return try console.writing(for: code) { try write(shown, run) }
  }

  private func write(_ files: [LintedFile], _ run: LintRun) throws {
    let checked = files.map(\.checked)
    let findings = checked.flatMap(\.findings)
    let rules = chosenRules().map(\.description)
    switch format {
    case .text: try run.showText(files)
    case .json: try run.console.write(FindingsJSON.document(checked))
    case .sarif: try run.console.write(SARIFLog(findings, rules: rules).bytes())
    case .github: try run.console.write(GitHubAnnotations.bytes(findings))
    case .junit:
      let cases = checked.map { JUnitReport.Case($0) }
      try run.console.write(JUnitReport("harrier lint", cases).bytes())
    }
  }

  private func chosenRules() -> [LintRule] {
    let wanted = NameOptions.split(rule).compactMap { LintRule.named($0)?.code }
    let unwanted = NameOptions.split(disable).compactMap { LintRule.named($0)?.code }
    return LintRule.all.filter { rule in
      (wanted.isEmpty || wanted.contains(rule.code)) && !unwanted.contains(rule.code)
    }
  }
}

extension Severity: ExpressibleByArgument {
  public static var allValueStrings: [String] { ["hint", "warning", "error"] }
}

extension SchemaEnvironment: ExpressibleByArgument {}
