import ArgumentParser
import Hunting
import KQLBinding
import QueryPlan
import SourceText

/// `harrier explain`: prints the bound plan and the optimized plan.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print how a query is understood and how it would run."
  )

  @OptionGroup var query: QueryText
  @OptionGroup var data: DataOptions

  func run() throws {
    let console = Console()
    var source: SourceText?
    let code = try CommandRun.guarded(console, source: { source }) {
      let text = try query.read()
      source = text
      var engine = HuntingEngine()
      try data.load(into: &engine, console)
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
}

/// Several lines of text made safe for a terminal.
enum TerminalLines {
  static func safe(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { TerminalText(String($0)).text }.joined(separator: "\n")
  }
}
