import ArgumentParser
import FileAccess
import Findings
import Hunting
import RuleChecking
import SourceText

/// `harrier rules check`: looks for what the products would refuse.
struct RulesCheckCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look for what Sentinel or Defender would refuse; exit with 1 where there is some.",
    discussion: """
      Takes files and folders (*.yaml, *.yml and *.json below them, hidden \
      folders left out). Nothing runs: files are read, queries are bound, and \
      the rules are held against what the products take. An error is what they \
      refuse, a warning what misbehaves there, a hint is advice.

        harrier rules check rules/ --junit report.xml --sarif report.sarif
        harrier rules check rules/ --severity hint --disable HD108,HD506
        harrier rules check rules/ --load 'Jobs_CL=jobs.ndjson'
        harrier rules check --explain HD102

      Exit codes: 0 nothing at or above warning, 1 findings, 2 wrong usage.
      """
  )

  @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var choice: RuleCheckChoice
  @OptionGroup var reports: RuleReportOptions

  @Flag(help: "Apply the changes that checks offer to the files.")
  var fix = false

  @Flag(help: "Show what --fix would change.")
  var diff = false

  @Flag(help: "List the checks.")
  var list = false

  @Option(help: ArgumentHelp("Explain a check.", valueName: "code"))
  var explain: String?

  @OptionGroup var data: DataOptions

  func validate() throws {
    if let explain, RuleCheck.named(explain) == nil {
      throw ValidationError("There is no check '\(TerminalText(explain).text)'; see --list.")
    }
    if paths.isEmpty, !list, explain == nil {
      throw ValidationError("Name files or folders.")
    }
    if paths.contains("-") { throw ValidationError("Rules are read from files; name some.") }
  }

  func run(_ console: Console) throws -> Int32 {
    if list || explain != nil {
      let code = explain.flatMap { RuleCheck.named($0)?.code }
      let text = code.map(RuleManual.checks.explanation) ?? RuleManual.checks.list
      try console.write(Array(text.utf8))
      return 0
    }
    var engine = HuntingEngine(schemas: .environment(choice.environment))
    try data.load(into: &engine, console)
    let parameters = try data.queryParameters()
    let bound = engine
    let checker = RuleChecker(choice.checks, schemas: engine.schemas) { source in
      bound.check(source, parameters: parameters)
    }
    let run = RuleCheckRun(checker: checker, files: RuleFiles(console))
    let documents = run.files.read(paths)
    if diff { return try run.showDifferences(documents) }
    let shown = (fix ? run.fix(documents) : documents)
    let checked = checker.check(shown).map { file in
      CheckedFile(file.path, file.findings.filter { $0.severity >= choice.severity })
    }
    try reports.write(checked, of: shown, choice.checks, console)
    let isClean = checked.allSatisfy { file in
      file.findings.allSatisfy { $0.severity < .warning }
    }
    return isClean && !run.files.hasFailed ? 0 : ExitCodes.queryError
  }
}

/// Which checks are made, and what of their findings is told.
struct RuleCheckChoice: ParsableArguments {
  @Option(
    name: .customLong("rule"),
    help: ArgumentHelp("Make only these checks.", valueName: "code,…")
  )
  var only: [String] = []

  @Option(help: ArgumentHelp("Leave these checks out.", valueName: "code,…"))
  var disable: [String] = []

  @Option(help: "The least severity that is shown: error, warning or hint.")
  var severity: Severity = .warning

  @Option(help: "The tables that queries are written against.")
  var environment: SchemaEnvironment = .hunting

  func validate() throws {
    for name in NameOptions.split(only) + NameOptions.split(disable)
    where RuleCheck.named(name) == nil {
      throw ValidationError("There is no check '\(TerminalText(name).text)'; see --list.")
    }
  }

  var checks: [RuleCheck] {
    let wanted = NameOptions.split(only).compactMap { RuleCheck.named($0)?.code }
    let unwanted = NameOptions.split(disable).compactMap { RuleCheck.named($0)?.code }
    return RuleCheck.all.filter { check in
      (wanted.isEmpty || wanted.contains(check.code)) && !unwanted.contains(check.code)
    }
  }
}
