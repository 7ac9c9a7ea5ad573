import ArgumentParser
import Columnar
import DetectionRules
import Detections
import FileAccess
import Findings
import Hunting
import SourceText

/// `harrier rules test`: runs the cases beside rules.
struct RulesTestCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests of detection rules, as in CI.",
    discussion: RulesTestHelp.text
  )

  @Argument(
    help: ArgumentHelp(
      "Files of tests, rules with tests beside them, and folders of both.",
      valueName: "files|dirs"
    )
  )
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "Run cases only whose name, file or rule holds this text.",
      valueName: "text"
    )
  )
  var filter: String?

  @Option(help: ArgumentHelp("Cases that run at a time.", valueName: "count"))
  var jobs: Int?

  @Flag(help: "Write the alerts that came as what cases expect.")
  var update = false

  @Flag(help: "Show of each rule how many cases it has.")
  var coverage = false

  @Flag(help: "Fail where a rule has no case that expects an alert, or none that expects none.")
  var requireTests = false

  @Option(help: ArgumentHelp("Write a JUnit report to this file.", valueName: "file"))
  var junit: String?

  @Flag(help: "Write one JSON object to standard output, in the place of lines for people.")
  var json = false

  @Flag(name: [.short, .long], help: "Tell of files with cases that failed only.")
  var quiet = false

  func validate() throws {
    if let jobs, jobs <= 0 || jobs > 256 { throw ValidationError("--jobs must be 1 to 256.") }
    if junit == "-" || junit?.isEmpty == true { throw ValidationError("--junit names a file.") }
    if filter?.isEmpty == true { throw ValidationError("--filter is a text to look for.") }
  }

  func run(_ console: Console) throws -> Int32 {
    do {
      let search = try RuleTestSearch(paths, in: LocalFileSystem())
      if let refusal = refusal(search) {
        console.note("error: \(refusal)")
        return ExitCodes.usage
      }
      return try run(search, console)
    } catch let nothing as FileSearch.NothingFound {
      console.note("error: \(TerminalText(nothing.description).text)")
    } catch let failure as FileFailure where failure.reason == .missing {
      console.note("error: \(TerminalText(failure.description).text)")
    }
    return ExitCodes.usage
  }

  private func run(_ search: RuleTestSearch, _ console: Console) throws -> Int32 {
    let files = LocalFileSystem()
    var summary = try RuleTestRunner(files: files).run(
      search.tests,
      jobs: jobs ?? min(256, Machine.coreCount),
      includes: includes
    )
    if update { try RuleTestUpdate.apply(&summary, of: search.tests, in: files) }
    let rules = RuleTestCoverage(search)
    let lacksTests = requireTests && rules.wholeCount < rules.rows.count
    let code = lacksTests ? ExitCodes.queryError : self.code(summary)
    if let junit { try files.write(RuleTestReports.junit(summary), to: junit) }
    return try console.writing(for: code) {
      let shown = coverage || requireTests ? rules : nil
      if json { return try console.write(RuleTestReports.json(summary, coverage: shown)) }
      let printer = RuleTestPrinter(isQuiet: quiet)
      try console.write(printer.bytes(summary))
      let rows = coverage ? rules.rows : requireTests ? rules.gaps : []
      if !rows.isEmpty { try console.write(RuleTestPrinter.table(rows), as: .table) }
      try console.write(printer.line(summary, rules))
    }
  }

  private func code(_ summary: RuleTestSummary) -> Int32 {
    if summary.count(.failed) == 0 { return 0 }
    return summary.failedAtLimitsOnly ? ExitCodes.limit : ExitCodes.queryError
  }

  /// Why there is nothing to do; nil where there is.
  private func refusal(_ search: RuleTestSearch) -> String? {
    if search.tests.isEmpty {
      if coverage || requireTests, !search.rules.isEmpty { return nil }
      let names = TerminalText(paths.joined(separator: ", ")).text
      return "there are no tests in \(names); tests of NAME.yaml lie in NAME.tests.yaml"
    }
    let isSelected = search.tests.contains { test in
      !test.problems.isEmpty || test.cases.contains { includes(test, $0) }
    }
    return isSelected ? nil : "no case holds '\(TerminalText(filter ?? "").text)'"
  }

  private func includes(_ file: RuleTestFile, _ item: RuleTestCase) -> Bool {
    guard let wanted = filter?.lowercased() else { return true }
    return [item.name, file.path, file.rule?.name ?? ""].contains {
      $0.lowercased().contains(wanted)
    }
  }
}
