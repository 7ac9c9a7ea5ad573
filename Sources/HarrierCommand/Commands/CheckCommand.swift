import ArgumentParser
import Hunting
import SourceText

/// `harrier check`: says what is wrong in a query without running it.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tell what is wrong in a query; exit with 1 where there is an error.",
    discussion: """
      Names are those of known tables, of files (--load) and of a store.

        harrier check 'DeviceProcessEvents | where FileName has "powershell"'
        harrier check --file hunt.kql --store logs
      """
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
      return checked.diagnostics.hasErrors ? ExitCodes.queryError : 0
    }
    if code != 0 { throw ExitCode(code) }
  }
}
