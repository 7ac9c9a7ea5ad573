import ArgumentParser
import Configuration
import Execution
import FileAccess
import Hunting
import SourceText

/// `harrier config`: what is set outside the command line, and where.
struct ConfigCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show what the configuration sets, and where each value comes from.",
    discussion: """
      Defaults of options may stand in harrier.toml, harrier.yaml or harrier.yml in this folder or \
      the nearest one above (up to your home folder), in a file of that name or config.toml, \
      config.yaml, config.yml in ~/.config/harrier ($XDG_CONFIG_HOME/harrier), and in the \
      environment. An option that is given wins over the environment, that over the file of the \
      folder, and that over your own.

      Keys are named like options. At the top they hold for all commands that have the option, \
      below the name of a command for that one (store-export for 'store export'):

        store: logs
        tenant: contoso,fabrikam
        query:
          format: json
        lint:
          disable: [HL001]

      The variables are HARRIER_STORE, HARRIER_QUERY_FORMAT and so on. Paths in a file are \
      relative to it. With --load the store of the configuration is not opened, and with --store \
      its files are not loaded. A list that is given takes the place of the one that is set. \
      --no-config before or behind the name of any command, or HARRIER_NO_CONFIG, leaves all files \
      unread. A file of another user in a folder that everybody can write to is refused, and \
      programs (pager) are named in your own file or the environment only.

        harrier config
        harrier config --command query --format json
        harrier config --files
      """
  )

  @Option(
    help: ArgumentHelp(
      "Show what holds for this command, such as query or store-export.",
      valueName: "name"
    )
  )
  var command: String?

  @Flag(help: "List the files that are looked for, and what is there.")
  var files = false

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  @Flag(help: ArgumentHelp("Read no files.", visibility: .hidden))
  var noConfig = false

  func run(_ console: Console) throws -> Int32 {
    let places = ConfigurationPlaces(withFiles: !noConfig)
    if files {
      try console.write(ConfigurationListing.files(places), as: format)
      return 0
    }
    let schema = ConfigurationKeys.schema
    if let command, !schema.commands.contains(command) {
      let near = NearMiss.nearest(to: command, among: schema.commands, limit: 1).first
      console.note(
        "error: no command '\(TerminalText(command).text)' has keys; "
          + (near.map { "did you mean '\($0)'" }
            ?? "they are \(schema.commands.joined(separator: ", "))")
      )
      return ExitCodes.usage
    }
    do {
      let effective = try places.read()
      try console.write(ConfigurationListing.values(effective, for: command), as: format)
    } catch let failure as ConfigurationFailure {
      console.show(failure)
      return ExitCodes.usage
    }
    for name in places.unknownVariables {
      console.note("note: \(TerminalText(name).text) is no variable that is known")
    }
    return 0
  }
}

extension Console {
  /// Tells what is wrong with a configuration.
  func show(_ failure: ConfigurationFailure) {
    let name = TerminalText(failure.source.name).text
    let named = SourceText(bytes: failure.source.bytes, name: name)
    show([failure.diagnostic], of: named)
  }
}
