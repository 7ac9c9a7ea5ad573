import ArgumentParser
import Execution
import FileAccess
import Hunting
import KQLBinding
import QueryPlan
import SourceText

/// `harrier explain`: prints the bound plan and the optimized plan; with `--analyze` what each
/// operator did when it ran.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print how a query is understood and how it would run, or has run.",
    discussion: """
      With --analyze the query is run, and rows, time, memory and blocks of each operator are told.

        harrier explain 'DeviceProcessEvents | where FileName == "cmd.exe" | count'
        harrier explain --analyze --store logs 'DeviceProcessEvents | count'
      """
  )

  @OptionGroup var query: QueryText
  @OptionGroup var data: DataOptions
  @OptionGroup var limits: RunOptions

  @Flag(
    help: ArgumentHelp(
      "Run the query and print what each operator did.",
      discussion: "Rows that came out, CPU time, memory held, and blocks read and left out."
    )
  )
  var analyze = false

  @Flag(help: "Print the analysis as JSON.")
  var json = false

  func validate() throws {
    if json, !analyze { throw ValidationError("--json prints an analysis; add --analyze.") }
  }

  func run() throws {
    let console = Console()
    var source: SourceText?
    let code = try CommandRun.guarded(console, source: { source }) {
      let text = try query.read()
      source = text
      let analysis = analyze ? QueryAnalysis() : nil
      var options = limits.executionOptions
      options.analysis = analysis
      var engine = HuntingEngine(options: options)
      let opened = try data.load(into: &engine, console, memoryLimit: limits.memoryLimit)
      if let analysis {
        try opened?.note(hunt: text)
        return try run(text, engine, analysis, console)
      }
      let checked = engine.check(text, parameters: try data.queryParameters())
      console.show(checked.diagnostics, of: text)
      if checked.diagnostics.hasErrors { return ExitCodes.queryError }
      for result in checked.bound.results {
        let bound = TerminalLines.safe(PlanText.describe(result.plan))
        let optimized = TerminalLines.safe(PlanText.describe(engine.optimized(result.plan)))
        try console.write(Array("bound plan\n\(bound)\n\noptimized plan\n\(optimized)\n".utf8))
      }
      return 0
    }
    if code != 0 { throw ExitCode(code) }
  }

  /// Runs the query and prints what its operators did.
  private func run(
    _ text: SourceText,
    _ engine: HuntingEngine,
    _ analysis: QueryAnalysis,
    _ console: Console
  ) throws -> Int32 {
    let clock = SystemClock()
    let start = clock.monotonicNanoseconds
    let budget = limits.makeBudget(engine)
    let parameters = try data.queryParameters()
    let answer = try engine.run(text, parameters: parameters, budget: budget)
    let seconds = Double(clock.monotonicNanoseconds - start) / 1e9
    console.show(answer.diagnostics, of: text)
    let printed = AnalysisText(analysis, budget: budget, seconds: seconds)
    if json {
      try console.write(printed.json)
    } else {
      let lines = printed.lines.map { TerminalText($0).text + "\n" }
      try console.write(Array(lines.joined().utf8))
    }
    return 0
  }
}

/// Several lines of text made safe for a terminal.
enum TerminalLines {
  static func safe(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { TerminalText(String($0)).text }.joined(separator: "\n")
  }
}
