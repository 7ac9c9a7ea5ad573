import ArgumentParser
import FileAccess
import KQLSyntax
import SourceText

/// `harrier fmt`: lays query texts out in the one canonical way.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Format a query; comments are kept.",
    discussion: """
      A text with syntax errors is left as it is and the exit code is 1.

        harrier fmt 'DeviceInfo|take 5'
        harrier fmt --file hunt.kql --in-place
        harrier fmt --file hunt.kql --check
      """
  )

  @OptionGroup var query: QueryText

  @Flag(help: "Write the result back to the file.")
  var inPlace = false

  @Flag(help: "Write nothing; exit with 1 where the text is not formatted.")
  var check = false

  func validate() throws {
    if inPlace, query.file == nil || query.file == "-" {
      throw ValidationError("--in-place needs --file FILE.")
    }
  }

  func run() throws {
    let console = Console()
    var source: SourceText?
    let code = try CommandRun.guarded(console, source: { source }) {
      let text = try query.read()
      source = text
      let tree = KQLParser.parse(text)
      if tree.diagnostics.hasErrors {
        console.show(tree.diagnostics, of: text)
        return ExitCodes.queryError
      }
      let formatted = KQLFormatter.format(tree)
      if check { return formatted == text.bytes ? 0 : ExitCodes.queryError }
      if inPlace, let path = query.file {
        if formatted != text.bytes { try LocalFileSystem().write(formatted, to: path) }
      } else {
        try console.write(formatted)
      }
      return 0
    }
    if code != 0 { throw ExitCode(code) }
  }
}
