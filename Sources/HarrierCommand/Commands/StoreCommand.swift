import ArgumentParser
import Columnar
import FileAccess
import Hunting
import TableStore

/// `harrier store`: what a store holds and whether it is whole.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Look into a store of tables, and look after it.",
    subcommands: [
      StoreInfoCommand.self, StoreVerifyCommand.self, StoreCompactCommand.self,
      StoreRetentionCommand.self, StoreExportCommand.self, StoreBackupCommand.self,
      StoreRestoreCommand.self,
    ]
  )
}

/// `harrier store info`.
struct StoreInfoCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "List the tables of a store with their rows, segments, bytes and times."
  )

  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let information = try TableStore.open(store, mode: .readOnly).information()
    try console.write(StoreListing.tables(information), as: format)
    return 0
  }
}

/// `harrier store verify`.
struct StoreVerifyCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read every part of a store and check it; exit code 1 where something is damaged."
  )

  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  func run(_ console: Console) throws -> Int32 {
    let found = try TableStore.open(store, mode: .readOnly).verify(SegmentCheck.damage)
    for problem in found.problems {
      console.note(
        "error: \(TerminalText(problem.path).text): \(TerminalText(problem.detail).text)"
      )
    }
    console.note(
      "\(found.checkedSegments) segments, \(found.checkedBytes) bytes checked, "
        + "\(found.problems.count) problems"
    )
    return found.problems.isEmpty ? 0 : ExitCodes.queryError
  }
}
