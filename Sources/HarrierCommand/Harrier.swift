package import ArgumentParser
import Columnar
import Configuration
import FileAccess
import Hunting
import SourceText

/// The `harrier` command.
package struct Harrier: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "harrier",
    abstract: "Hunts over security telemetry with the Kusto Query Language.",
    discussion: """
      Queries run unmodified over files of your own (NDJSON, CSV, TSV, also gzipped):

        harrier query 'DeviceProcessEvents | take 5' --load DeviceProcessEvents=events.ndjson

      Defaults of options may stand in harrier.toml or harrier.yaml, below ~/.config/harrier and \
      in the environment ('harrier help config'); --no-config leaves the files unread.

      Exit codes: 0 fine, 1 the query or its data has an error, 2 wrong usage, 3 a limit was hit.
      """,
    version: HarrierVersion.text,
    subcommands: [
      ReplCommand.self, QueryCommand.self, CheckCommand.self, FormatCommand.self,
      ExplainCommand.self, LintCommand.self, FunctionsCommand.self, SchemaCommand.self,
      RunCommand.self, BatchCommand.self, IngestCommand.self, StoreCommand.self,
      DeadLettersCommand.self, TenantsCommand.self, AccessRootCommand.self, AuditCommand.self,
      SavedCommand.self, RulesCommand.self, TuningCommand.self, ScheduleCommand.self,
      IncidentsCommand.self, AlertsCommand.self, ActionsCommand.self, EnvironmentCommand.self,
      InvestigationsCommand.self,
      SubmissionsCommand.self, AllowBlockCommand.self, ExplorerCommand.self,
      DevicesCommand.self, UsersCommand.self, MailboxesCommand.self,
      VulnerabilitiesCommand.self, DemoCommand.self, ConfigCommand.self,
      CompletionsCommand.self,
    ],
    defaultSubcommand: ReplCommand.self
  )

  package init() {}

  /// Runs the command that the arguments name. Wrong usage ends with 2: the argument parser's own
  /// code for it is another.
  package static func main() {
    ProcessMemory.returnFreedBlocks()
    Terminal.reportFileLimits()
    Terminal.ignoreBrokenPipes()
    let words = Array(CommandLine.arguments.dropFirst())
    // Nothing that is configured, right or wrong, changes which program this is.
    if words.first == "--version" {
      try? Console().write(text: HarrierVersion.text + "\n")
      return
    }
    let arguments = configured(NegativeNumbers.joined(words))
    if let unknown = UnknownCommand(arguments.own) {
      Console().note(unknown.message)
      exit(withError: ExitCode(ExitCodes.usage))
    }
    do {
      var command = try Self.command(arguments.all)
      try command.run()
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      for setting in arguments.blamed({ (try? Self.command($0)) != nil }) {
        let place = TerminalText(setting.origin.description).text
        Console().note("\(place): the configured '\(setting.key.name)' does not fit:")
      }
      Console().note(TerminalLines.safe(fullMessage(for: error)))
      exit(withError: ExitCode(ExitCodes.usage))
    }
  }

  /// The arguments with what is configured; ends the process where that is wrong.
  private static func configured(_ arguments: [String]) -> ConfiguredArguments {
    do {
      let configured = try ConfiguredArguments(
        arguments,
        read: { (command, withFiles) throws(ConfigurationFailure) in
          try ConfigurationPlaces(withFiles: withFiles).read(for: command)
        },
        isThere: { (try? LocalFileSystem().status(of: $0)) != nil }
      )
      configured.notes.forEach(Console().note)
      for variable in configured.variables {
        ProcessIdentity.setMissingVariable(variable.name, to: variable.value)
      }
      return configured
    } catch {
      Console().show(error)
      exit(withError: ExitCode(ExitCodes.usage))
    }
  }
}
