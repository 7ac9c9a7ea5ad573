import ArgumentParser
import Columnar
import FileAccess
import Hunting
import OperationalStore
import SourceText
import TableStore
import Tenancy

/// `harrier ingest`: puts files into a table of a store.
struct IngestCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Put files into tables of a store, where queries find them.",
    discussion: """
      All files of a call are one batch: it becomes visible as a whole, or not at all. Lines that \
      cannot be used are kept byte for byte as dead letters, with their place and the reason. A \
      batch that is given a name lands once, however often it is sent. Columns that the table does \
      not have are added to it; a file of which it has none is told, and taken.

        harrier ingest --store logs --table DeviceProcessEvents events-*.ndjson.gz
        harrier query --store logs 'DeviceProcessEvents | count'

      Without --table each JSON event goes to the table that it names: 'category' with \
      'properties' (Defender's streaming API, Azure Monitor's resource logs), or 'Type' (Log \
      Analytics' export); arrays and {"records": [...]} are taken apart. An event that names no \
      known table becomes a dead letter of the table Unrouted.

        az-export | harrier ingest --store logs --tenant-column TenantId -

      With --tenant-column a row is of the tenant of that name, else of the one with that TenantId \
      ('harrier tenants set --id'). Rows bring their tenant into being; a view holds 100 tenants, \
      and rows of a further one are refused, with the whole batch.

      Rows of AlertInfo, AlertEvidence, SecurityAlert and SecurityIncident become alerts and \
      incidents too: with 'harrier schedule', or at once with 'harrier incidents correlate'.
      """
  )

  @Option(help: ArgumentHelp("The folder of the store; made if it is missing.", valueName: "dir"))
  var store: String

  @Option(
    help: ArgumentHelp(
      "The tenant whose tables they are; with --tenant-column, whose the dead letters are.",
      valueName: "name"
    )
  )
  var tenant = "default"

  @Option(
    help: ArgumentHelp(
      "Give each row to the tenant that this column names; rows without one are dead letters.",
      valueName: "column"
    )
  )
  var tenantColumn: String?

  @Option(
    help: ArgumentHelp(
      "The table; an unknown one with its columns, as in 'T(a:long, b:string)'. Without it, events "
        + "go to the tables that they name.",
      valueName: "table"
    )
  )
  var table: String?

  @Option(
    help: ArgumentHelp("A name for the batch; one of that name lands once.", valueName: "name")
  )
  var batch: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Merge small segments of the store once the batch is told to have landed."
  )
  var merge = true

  @Option(help: ArgumentHelp("Worker threads.", valueName: "count"))
  var threads: Int = 2

  @Argument(help: "Files in order; '-' is standard input, .gz is read as it is.")
  var files: [String]

  func validate() throws {
    if threads <= 0 || threads > 256 { throw ValidationError("--threads must be 1 to 256.") }
    if let tenantColumn, tenantColumn.isEmpty || tenantColumn.contains("\n") {
      throw ValidationError("--tenant-column needs the name of a column.")
    }
    if let name = table.flatMap({ try? LoadRequest(specification: $0 + "=-") })?.table,
      StoreAccess.ownTables.contains(name)
    {
      throw ValidationError(
        "The store writes the table '\(name)' itself. Give these rows another name, as in "
          + "--table 'Imported\(name)(Name:string)', with their columns."
      )
    }
  }

  func run(_ console: Console) throws -> Int32 {
    let line = console.makeProgressLine()
    var limits = LoadLimits()
    limits.threads = threads
    if let line { limits.progress = { line.show($0) } }
    let open = try TableStore.open(store, mode: .readWrite)
    let admission = try TenantAdmission(open)
    let answer = try StoreIngestion(open, limits: limits, owner: admission.owner) {
      try admission.admit($0)
    }
    .ingest(try request(), tenant: tenant, batch: batch)
    admission.tell(console)
    line?.erase()
    tell(answer, console)
    if merge { mergeSmallSegments(of: open, console) }
    return 0
  }

  /// Merges what is due; the batch has landed, so that a failure is no failure of the command.
  private func mergeSmallSegments(of store: TableStore, _ console: Console) {
    do {
      let merged = try StoreCompaction(store, threads: threads).run(MergePolicy())
      if merged.added > 0 {
        console.note("\(merged.removed) small segments merged into \(merged.added)")
      }
    } catch {
      console.note("small segments were not merged: \(TerminalText("\(error)").text)")
    }
  }

  private func request() throws -> LoadRequest {
    var request = LoadRequest(routing: files)
    if let table {
      request = try LoadRequest(specification: table + "=" + (files.first ?? "-"))
      request.paths = files
    }
    request.tenantColumn = tenantColumn
    return request
  }

  /// Tells what came of a batch: what was wrong, what each table got where there are several, and
  /// the sums.
  private func tell(_ answer: StoreIngestion.Answer, _ console: Console) {
    for report in answer.reports {
      for message in report.messages {
        console.note("\(TerminalText(report.table).text): \(TerminalText(message).text)")
      }
    }
    if table == nil || tenantColumn != nil {
      for share in answer.shares {
        console.note(
          "\(TerminalText(share.tenant).text) \(TerminalText(share.table).text): "
            + "\(share.acceptedRows) rows accepted, \(share.deadLetters) dead letters"
        )
      }
    }
    let outcome = answer.outcome
    console.note(
      (outcome.isNew ? "" : "the batch had landed before: ")
        + "\(outcome.acceptedRows) rows accepted, \(outcome.deadLetters) dead letters, "
        + "batch \(TerminalText(answer.batch).text)"
    )
  }
}
