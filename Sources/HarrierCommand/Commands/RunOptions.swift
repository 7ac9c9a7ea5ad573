import ArgumentParser
import Columnar
import Execution
import FileAccess
import Hunting

/// Limits and resources of a run.
struct RunOptions: ParsableArguments {
  @Option(help: ArgumentHelp("End a query after this time.", valueName: "seconds"))
  var timeout: Double = 600

  @Option(
    help: ArgumentHelp(
      "The most memory that tables and query may hold together.",
      valueName: "MiB"
    )
  )
  var memory: Int = 4096

  @Option(help: ArgumentHelp("Worker threads.", valueName: "count"))
  var threads: Int = 2

  @Option(
    help: ArgumentHelp(
      "The folder in which rows are put aside when memory gets tight.",
      discussion: "Left out: the folder of TMPDIR, else /var/tmp.",
      valueName: "dir"
    )
  )
  var spill: String?

  func validate() throws {
    if !(timeout > 0) { throw ValidationError("--timeout must be more than 0 seconds.") }
    if memory <= 0 || memory > 1 << 30 { throw ValidationError("--memory must be 1 MiB or more.") }
    if threads <= 0 || threads > 256 { throw ValidationError("--threads must be 1 to 256.") }
  }

  /// Where what memory does not hold is put aside.
  var spillFolder: SpillFolder { spill.map { SpillFolder($0) } ?? SpillFolder.standard }

  var executionOptions: ExecutionOptions {
    ExecutionOptions(threads: threads, spill: spillFolder)
  }

  var memoryLimit: Int { memory << 20 }

  /// A budget that starts now; the line shows the rows read.
  func makeBudget(_ engine: HuntingEngine, _ line: ProgressLine? = nil) -> QueryBudget {
    var progress: (@Sendable (Int) -> Void)?
    if let line { progress = { line.show(rowsRead: $0) } }
    return engine.makeBudget(
      memoryLimit: memoryLimit,
      timeoutSeconds: timeout,
      progress: progress
    )
  }
}
