import ArgumentParser
import Columnar
import Execution
import FileAccess
import Hunting

/// Limits and resources of a run.
struct RunOptions: ParsableArguments {
  @Option(help: ArgumentHelp("End a query after this time.", valueName: "seconds"))
  var timeout: Double = 600

  @Option(help: ArgumentHelp("The most memory a query may hold.", valueName: "MiB"))
  var memory: Int = 4096

  @Option(help: ArgumentHelp("Worker threads.", valueName: "count"))
  var threads: Int = 2

  func validate() throws {
    if !(timeout > 0) { throw ValidationError("--timeout must be more than 0 seconds.") }
    if memory <= 0 || memory > 1 << 30 { throw ValidationError("--memory must be 1 MiB or more.") }
    if threads <= 0 || threads > 256 { throw ValidationError("--threads must be 1 to 256.") }
  }

  var executionOptions: ExecutionOptions { ExecutionOptions(threads: threads) }

  /// A budget that starts now.
  func makeBudget(_ engine: HuntingEngine) -> QueryBudget {
    engine.makeBudget(memoryLimit: memory << 20, timeoutSeconds: timeout)
  }
}
