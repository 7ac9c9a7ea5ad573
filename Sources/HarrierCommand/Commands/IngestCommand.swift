import ArgumentParser
import Columnar
import FileAccess
import Hunting
import TableStore

/// `harrier ingest`: puts files into a table of a store.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Put files into a table of a store, where queries find them.",
    discussion: """
      All files of a call are one batch: it becomes visible as a whole, or not at all. Lines that \
      cannot be used are kept byte for byte as dead letters, with their place and the reason. A \
      batch that is given a name lands once, however often it is sent.

        harrier ingest --store logs --table DeviceProcessEvents events-*.ndjson.gz
        harrier query --store logs 'DeviceProcessEvents | count'
      """
  )

  @Option(help: ArgumentHelp("The folder of the store; made if it is missing.", valueName: "dir"))
  var store: String

  @Option(help: ArgumentHelp("The tenant whose table it is.", valueName: "name"))
  var tenant = "default"

  @Option(
    help: ArgumentHelp(
      "The table; an unknown one with its columns, as in 'T(a:long, b:string)'.",
      valueName: "table"
    )
  )
  var table: String

  @Option(
    help: ArgumentHelp("A name for the batch; one of that name lands once.", valueName: "name")
  )
  var batch: String?

  @Option(help: ArgumentHelp("Worker threads.", valueName: "count"))
  var threads: Int = 2

  @Argument(help: "Files in order; '-' is standard input, .gz is read as it is.")
  var files: [String]

  func validate() throws {
    if threads <= 0 || threads > 256 { throw ValidationError("--threads must be 1 to 256.") }
  }

  func run() throws {
    let console = Console()
    let code = try CommandRun.guarded(console, source: { nil }) {
      var request = try LoadRequest(specification: table + "=" + (files.first ?? "-"))
      request.paths = files
      let line = console.makeProgressLine()
      var limits = LoadLimits()
      limits.threads = threads
      if let line { limits.progress = { line.show($0) } }
      let open = try TableStore.open(store, mode: .readWrite)
      let answer = try StoreIngestion(open, limits: limits)
        .ingest(request, tenant: tenant, batch: batch)
      line?.erase()
      for message in answer.report.messages {
        console.note("\(request.table): \(TerminalText(message).text)")
      }
      let outcome = answer.outcome
      console.note(
        (outcome.isNew ? "" : "the batch had landed before: ")
          + "\(outcome.acceptedRows) rows accepted, \(outcome.deadLetters) dead letters, "
          + "batch \(TerminalText(answer.batch).text)"
      )
      return 0
    }
    if code != 0 { throw ExitCode(code) }
  }
}
