public import ArgumentParser
import FileAccess
public import Hunting
import TableStore

/// `harrier store export`.
struct StoreExportCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the rows of a table as NDJSON or CSV, which `ingest` takes back.",
    discussion: """
      Rows come in the order in which they were ingested, from one moment of the store, also while \
      others write to it.

        harrier store export --store logs --tenant contoso --table DeviceInfo --output d.ndjson
        harrier ingest --store copy --tenant contoso --table DeviceInfo d.ndjson
      """
  )

  @Option(help: ArgumentHelp("The folder of the store.", valueName: "dir"))
  var store: String

  @Option(help: ArgumentHelp("The tenant whose table it is.", valueName: "name"))
  var tenant = "default"

  @Option(help: ArgumentHelp("The table.", valueName: "table"))
  var table: String

  @Option(help: "How to write the rows: ndjson or csv.")
  var format: StoreExport.Format = .ndjson

  @Option(
    help: ArgumentHelp(
      "The file to write, which appears when it is complete; standard output without.",
      valueName: "file"
    )
  )
  var output: String?

  func run(_ console: Console) throws -> Int32 {
    let snapshot = try TableStore.open(store, mode: .readOnly).snapshot()
    guard let entry = snapshot.tenant(tenant)?.table(table) else {
      throw ValidationError(
        "Tenant '\(tenant)' has no table '\(table)'; see 'harrier store info \(store)'."
      )
    }
    let export = StoreExport(snapshot)
    let rows: Int
    if let output {
      rows = try LocalFileSystem().replaceWhole(output) { write in
        try export.write(entry, as: format) { try write(UnsafeRawBufferPointer($0)) }
      }
    } else {
      rows = try export.write(entry, as: format) {
        try console.output.write(UnsafeRawBufferPointer($0))
      }
      try console.output.flush()
    }
    console.note("\(rows) rows written")
    return 0
  }
}

extension StoreExport.Format: ExpressibleByArgument {}
