import ArgumentParser
import FileAccess
import Hunting
import TableStore

/// `harrier dead-letters`: lines that could not be ingested.
struct DeadLettersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dead-letters",
    abstract: "List, read and ingest again the lines that could not be ingested.",
    discussion: """
        harrier dead-letters list logs
        harrier dead-letters replay logs
      """,
    subcommands: [
      DeadLettersListCommand.self, DeadLettersShowCommand.self, DeadLettersReplayCommand.self,
    ]
  )
}

/// `harrier dead-letters list`.
struct DeadLettersListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the files of dead letters of a store.",
    discussion: """
        harrier dead-letters list logs
      """
  )

  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let files = try TableStore.open(store, mode: .readOnly).deadLetterFiles()
    try console.write(StoreListing.deadLetters(files), as: format)
    return 0
  }
}

/// `harrier dead-letters show`.
struct DeadLettersShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Write the lines of a file of dead letters with their places and reasons.",
    discussion: """
        harrier dead-letters show logs ID
      """
  )

  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Argument(help: ArgumentHelp("Which file, as `list` names it.", valueName: "id"))
  var id: String

  @Option(help: "How to write the lines: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  func run(_ console: Console) throws -> Int32 {
    let open = try TableStore.open(store, mode: .readOnly)
    let reader = try open.readDeadLetters(try DeadLetterChoice.file(id, in: open))
    var letters: [DeadLetter] = []
    while let letter = try reader.next() { letters.append(letter) }
    try console.write(StoreListing.lines(letters), as: format)
    return 0
  }
}

/// `harrier dead-letters replay`.
struct DeadLettersReplayCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Ingest the lines of files of dead letters again, read as they were.",
    discussion: """
      JSON or CSV (with the names of its file), by table or by the tables that events name. What \
      is still bad becomes dead letters of the new batch.

        harrier dead-letters replay logs
      """
  )

  @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Argument(help: ArgumentHelp("Which files, as `list` names them; all without.", valueName: "id"))
  var ids: [String] = []

  func run(_ console: Console) throws -> Int32 {
    let open = try TableStore.open(store, mode: .readWrite)
    let admission = try TenantAdmission(open)
    let files =
      ids.isEmpty
      ? try open.deadLetterFiles() : try ids.map { try DeadLetterChoice.file($0, in: open) }
    for file in files {
      let replay = DeadLetterReplay(open, owner: admission.owner) { try admission.admit($0) }
      let outcome = try replay.replay(file).outcome
      console.note(
        "\(file.id): \(outcome.acceptedRows) rows accepted, \(outcome.deadLetters) still bad"
      )
    }
    return 0
  }
}

/// Finds a file of dead letters by its name.
enum DeadLetterChoice {
  static func file(_ id: String, in store: TableStore) throws -> DeadLetterFile {
    guard let file = try store.deadLetterFiles().first(where: { $0.id == id }) else {
      throw ValidationError("There are no dead letters '\(id)'; see 'harrier dead-letters list'.")
    }
    return file
  }
}
