import ArgumentParser
import FileAccess
import Hunting

/// Which query files are run, and how.
struct BatchRunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Files that run at a time; each with one thread, where there are enough of them.",
      discussion: "Left out: as many as the machine has cores.",
      valueName: "count"
    )
  )
  var jobs: Int?

  @Flag(help: "Write the snapshots that are expected, or there, anew.")
  var update = false

  @Flag(help: "With --update: give files without any expectation a snapshot too.")
  var record = false

  @Option(
    help: ArgumentHelp(
      "Run files only that changed since this revision of git, or whose data or expectations did.",
      valueName: "rev"
    )
  )
  var changedSince: String?

  @Flag(help: "Run on: files that change are run again.")
  var watch = false

  func validate() throws {
    if let jobs, jobs <= 0 || jobs > 256 { throw ValidationError("--jobs must be 1 to 256.") }
    if record, !update { throw ValidationError("--record goes with --update.") }
    if let changedSince, changedSince.isEmpty || changedSince.hasPrefix("-") {
      throw ValidationError("--changed-since names a revision, such as origin/main.")
    }
  }

  var jobCount: Int { jobs ?? min(256, Machine.coreCount) }

  var snapshotMode: BatchOptions.SnapshotMode { record ? .record : update ? .update : .compare }

  func options(parameters: [String: String], _ limits: RunOptions) -> BatchOptions {
    var options = BatchOptions()
    options.jobs = jobCount
    options.snapshots = snapshotMode
    options.parameters = parameters
    options.timeoutSeconds = limits.timeout
    options.memoryLimit = limits.memoryLimit
    return options
  }
}
