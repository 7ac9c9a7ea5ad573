import ArgumentParser
import Columnar
import FileAccess

/// The `harrier` command.
@main
struct Harrier: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "harrier",
    abstract: "Hunts over security telemetry with the Kusto Query Language.",
    discussion: """
      Queries run unmodified over files of your own (NDJSON, CSV, TSV, also gzipped):

        harrier query 'DeviceProcessEvents | take 5' --load DeviceProcessEvents=events.ndjson

      Exit codes: 0 fine, 1 the query or its data has an error, 2 wrong usage, 3 a limit was hit.
      """,
    subcommands: [
      ReplCommand.self, QueryCommand.self, CheckCommand.self, FormatCommand.self,
      ExplainCommand.self, LintCommand.self, FunctionsCommand.self, SchemaCommand.self,
      RunCommand.self, BatchCommand.self, IngestCommand.self, StoreCommand.self,
      DeadLettersCommand.self, TenantsCommand.self, AccessRootCommand.self, AuditCommand.self,
      CompletionsCommand.self,
    ],
    defaultSubcommand: ReplCommand.self
  )

  /// Runs the command that the arguments name. Wrong usage ends with 2: the argument parser's own
  /// code for it is another.
  static func main() {
    ProcessMemory.returnFreedBlocks()
    Terminal.reportFileLimits()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      Console().note(fullMessage(for: error))
      exit(withError: ExitCode(ExitCodes.usage))
    }
  }
}
