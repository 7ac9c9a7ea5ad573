import ArgumentParser
import Fleet
import Hunting
import SourceText

/// Prints the queries that define the numbers of views.
protocol FleetQueriesCommand: ConsoleCommand {
  static var queries: [FleetQuery] { get }
  var choice: FleetQueryChoice { get }
}

/// Which query is printed.
struct FleetQueryChoice: ParsableArguments {
  @Argument(help: ArgumentHelp("The query to print; left out, all are listed.", valueName: "name"))
  var name: String?

  @Option(help: "How to write the list: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?
}

extension FleetQueriesCommand {
  func run(_ console: Console) throws -> Int32 {
    guard let name = choice.name else {
      let rows = Self.queries.map { [$0.name, $0.where, $0.about] }
      try console.write(TextListing.rows(["Name", "Runs", "About"], rows), as: choice.format)
      return 0
    }
    if let query = Self.queries.first(where: { $0.name == name }) {
      try console.write(Array((query.text + "\n").utf8))
      return 0
    }
    let near = NearMiss.nearest(to: name, among: Self.queries.map(\.name), limit: 1).first
    console.note(
      "error: there is no query '\(TerminalText(name).text)'; "
        + (near.map { "did you mean '\($0)'" } ?? "without a name, all are listed")
    )
    return ExitCodes.usage
  }
}

extension FleetQuery {
  /// Where it runs, in words.
  fileprivate var `where`: String {
    switch place {
    case .tenant(let table): "in each tenant, for \(table.rawValue)"
    case .fleet(let reads): "over " + reads.map(\.rawValue).joined(separator: ", ")
    }
  }
}
