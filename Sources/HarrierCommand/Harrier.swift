import ArgumentParser

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
      QueryCommand.self, CheckCommand.self, FormatCommand.self, ExplainCommand.self,
      FunctionsCommand.self, SchemaCommand.self, BatchCommand.self,
    ]
  )
}
