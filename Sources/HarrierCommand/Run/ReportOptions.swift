import ArgumentParser
import FileAccess
import Findings
import Hunting
import Linting

/// How the outcome of query files is told.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write a JUnit report to this file.", valueName: "file"))
  var junit: String?

  @Option(
    help: ArgumentHelp(
      "Write findings, those of lint too, as SARIF 2.1.0 to this file.",
      valueName: "file"
    )
  )
  var sarif: String?

  @Flag(help: "Write one JSON object to standard output, in the place of lines for people.")
  var json = false

  @Flag(
    inversion: .prefixedNo,
    help: "Write findings as annotations of GitHub Actions; on where GITHUB_ACTIONS is true."
  )
  var github: Bool?

  @Flag(name: [.short, .long], help: "Tell of files that failed only.")
  var quiet = false

  func validate() throws {
    for path in [junit, sarif] where path == "-" || path?.isEmpty == true {
      throw ValidationError("--junit and --sarif name a file.")
    }
  }

  var writesFiles: Bool { json || junit != nil || sarif != nil }

  private var annotates: Bool { github ?? (Terminal.environment("GITHUB_ACTIONS") == "true") }

  func makePrinter() -> BatchPrinter {
    let isPlain = !(Terminal.environment("NO_COLOR") ?? "").isEmpty
    return BatchPrinter(
      isSilent: json,
      isQuiet: quiet,
      hasColours: Terminal.isTerminal(.output) && !isPlain,
      annotates: annotates
    )
  }

  /// Writes the reports that were asked for.
  func write(_ summary: BatchSummary, _ console: Console) throws {
    if let junit { try LocalFileSystem().write(JUnitReport(summary).bytes(), to: junit) }
    if let sarif {
      let lint = BatchLint()
      let findings = summary.outcomes.flatMap { $0.findings + lint.findings($0) }
      let log = SARIFLog(findings, rules: LintRule.all.map(\.description))
      try LocalFileSystem().write(log.bytes(), to: sarif)
    }
    if json { try console.write(BatchJSON(summary).bytes()) }
  }
}
