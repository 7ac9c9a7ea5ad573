import ArgumentParser
import Columnar
import FileAccess
import Hunting
import SourceText
import TableStore

/// `harrier store`: what a store holds and whether it is whole.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Look into a store of tables, and look after it.",
    discussion: """
        harrier store info logs
        harrier store verify logs
        harrier help store retention
      """,
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
    abstract: "List the tables of a store with their rows, segments, bytes and times.",
    discussion: """
      With --columns, list the columns of each table with their null rows, about how many distinct \
      values they have (off by 3 % as a rule; null is one of a dynamic column), and the least and \
      greatest value where they have an order of integers or times.

        harrier store info logs --columns
      """
  )

  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Flag(help: "List the columns of the tables.")
  var columns = false

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let store = try TableStore.open(store, mode: .readOnly)
    let listing =
      try columns
      ? ColumnListing.columns(store.snapshot()) : StoreListing.tables(store.information())
    try console.write(listing, as: format)
    return 0
  }
}

/// `harrier store verify`.
struct StoreVerifyCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read every part of a store and check it; exit code 1 where something is damaged.",
    discussion: """
        harrier store verify logs
      """
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
