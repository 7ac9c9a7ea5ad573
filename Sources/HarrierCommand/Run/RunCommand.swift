import ArgumentParser
import Columnar
import FileAccess
import Hunting
import SourceText

/// `harrier run`: runs query files and holds what they answer against what is expected.
struct RunCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run query files with their fixtures and expectations, as in CI.",
    discussion: RunHelp.text
  )

  @Argument(
    help: ArgumentHelp(
      "Query files, and folders with .kql and .csl files in them and below.",
      valueName: "files|dirs"
    )
  )
  var paths: [String]

  @OptionGroup var data: DataOptions
  @OptionGroup var limits: RunOptions
  @OptionGroup var batch: BatchRunOptions
  @OptionGroup var reports: ReportOptions

  func validate() throws {
    if batch.watch, reports.writesFiles {
      throw ValidationError("--watch runs on and on; it goes without --json, --junit and --sarif.")
    }
  }

  func run(_ console: Console) throws -> Int32 {
    do {
      if batch.watch { try watch(console) }
      let queries = try select()
      if queries.isEmpty, let revision = batch.changedSince {
        console.note("no query file changed since \(TerminalText(revision).text)")
      }
      let summary = try run(queries, console)
      let code = code(summary)
      return try console.writing(for: code) { try reports.write(summary, console) }
    } catch let refusal as GitChanges.Refusal {
      console.note("error: \(TerminalText(refusal.description).text)")
    } catch let nothing as FileSearch.NothingFound {
      console.note("error: \(TerminalText(nothing.description).text)")
    } catch let failure as FileFailure where failure.reason == .missing && !batch.watch {
      console.note("error: \(TerminalText(failure.description).text)")
    }
    return ExitCodes.usage
  }

  private func code(_ summary: BatchSummary) -> Int32 {
    if summary.count(.failed) == 0 { return 0 }
    return summary.failedAtLimitsOnly ? ExitCodes.limit : ExitCodes.queryError
  }

  /// The files to run, with what stands beside them.
  private func select() throws -> [QueryFile] {
    let files = LocalFileSystem()
    var reader = QueryFileReader(files)
    guard let revision = batch.changedSince else {
      return try QueryFile.search(paths, in: files).allFiles().map { reader.read($0) }
    }
    var seen: Set<String> = []
    var changed: [QueryFile] = []
    for path in paths {
      let isFolder = try files.status(of: path).kind == .directory
      let changes = try GitChanges.since(revision, in: isFolder ? path : folder(of: path))
      let queries = try QueryFile.search([path], in: files).allFiles()
        .filter { seen.insert($0).inserted }
      changed += queries.map { reader.read($0) }.filter(changes.concern)
    }
    return changed
  }

  private func run(_ queries: [QueryFile], _ console: Console) throws -> BatchSummary {
    if queries.isEmpty { return BatchSummary([], nanoseconds: 0) }
    let sources = try CommandSources(data, limits, jobs: batch.jobCount, console)
    let options = batch.options(parameters: data.parameterTexts, limits)
    let printer = reports.makePrinter()
    let summary = try BatchRunner(sources, options: options).run(queries) { printer.show($0) }
    printer.show(summary)
    return summary
  }

  /// Runs what changed, again and again; ends with the process.
  private func watch(_ console: Console) throws -> Never {
    var watch = FileWatch(LocalFileSystem())
    while true {
      do {
        let changed = watch.changed(try select())
        if !changed.isEmpty {
          try WatchLine(SystemClock()).show(changed.count)
          _ = try run(changed, console)
          // Snapshots that were just written are no change.
          if batch.snapshotMode != .compare { _ = watch.changed(try select()) }
        }
      } catch let failure as FileFailure where !failure.isClosedOutput {
        // Editors replace files by others; what is missing now may be there in a moment.
        console.note("note: \(TerminalText(failure.description).text)")
        Machine.pause(milliseconds: 1000)
      }
      Machine.pause(milliseconds: 300)
    }
  }
}
