public import ArgumentParser
import Columnar
import Execution
import FileAccess
public import Fleet
import Hunting
import SourceText
import Tenancy

extension EntityQueries.Part: ExpressibleByArgument {}

/// What of a device, user or mailbox is shown, and of which time.
struct EntityView: ParsableArguments {
  @OptionGroup var place: FleetPlace

  @Option(help: "Show this part only: facts, alerts, incidents or timeline.")
  var part: EntityQueries.Part?

  @OptionGroup var period: PeriodOptions

  @Option(
    help: ArgumentHelp("The most entries of the timeline, the last ones.", valueName: "count")
  )
  var limit = 100

  func validate() throws {
    if limit < 1 || limit > 10_000 { throw ValidationError("--limit is 1 to 10000.") }
  }

  private var parts: [EntityQueries.Part] { part.map { [$0] } ?? EntityQueries.Part.allCases }

  /// The time of the timeline: as it is said, else the time looked back.
  private func parameters(_ entity: String) -> [String: Scalar] {
    let now = AccessClock.now
    let end = period.end ?? DateTime(ticks: now.ticks + 1)
    let start = period.start ?? DateTime(ticks: min(now.ticks, end.ticks) - place.lookback.ticks)
    return [
      "Entity": .string(ByteString(entity)), "Start": .datetime(start), "End": .datetime(end),
      // One more than is shown tells that there are more.
      "Rows": .long(Int64(limit + 1)), "Lookback": .timespan(FleetPlace.longest),
    ]
  }

  /// Shows what is known of a device, user or mailbox.
  ///
  /// - Parameter noun: what it is, for messages.
  func show(
    _ entity: String,
    _ noun: String,
    _ queries: EntityQueries,
    _ console: Console
  ) throws -> Int32 {
    // Whether there is such a thing is what all of its parts say.
    let all = EntityQueries.Part.allCases
    let answer = try place.answer(
      queries.queries(of: all),
      parameters: parameters(entity),
      tellsOfOldRows: false,
      console
    )
    if answer.results.allSatisfy({ $0.rowCount == 0 }) {
      let name = TerminalText(entity).text
      console.note("error: nothing is known of a \(noun) '\(name)' in the tenants at hand")
      return max(ExitCodes.queryError, answer.tell(console) ?? 0)
    }
    let shown = zip(all, answer.results).filter { parts.contains($0.0) }.map { part, result in
      (part, part == .timeline ? cut(result, console) : result)
    }
    let code = try write(shown, console)
    return answer.tell(console) ?? code
  }

  private func cut(_ timeline: QueryResult, _ console: Console) -> QueryResult {
    if timeline.rowCount <= limit { return timeline }
    console.note(
      "note: the last \(limit) entries of the timeline; --limit, --from and --to show others"
    )
    return timeline.prefix(limit)
  }

  private func write(
    _ shown: [(EntityQueries.Part, QueryResult)],
    _ console: Console
  ) throws -> Int32 {
    if shown.count == 1 { return try place.write(shown[0].1, console) }
    guard place.isTable else {
      return try place.write(
        try FleetAnswer.joined(shown.map(\.1), labelled: "Part", shown.map(\.0.rawValue)),
        console
      )
    }
    var code: Int32 = 0
    for (index, (part, result)) in shown.enumerated() {
      let title = part.rawValue.prefix(1).uppercased() + part.rawValue.dropFirst()
      try console.write(Array(((index > 0 ? "\n" : "") + title + "\n").utf8))
      // Facts are many, so each is a line of its own.
      let rows = part == .facts ? try FactListing.rows(result) : result
      code = max(code, try place.write(rows, console))
    }
    return code
  }
}

/// Rows of many columns as lines of a fact and its value.
enum FactListing: RowListing {
  static func rows(_ result: QueryResult) throws -> QueryResult {
    var facts: [(String, String)] = []
    try result.forEachRow { row in
      if !facts.isEmpty { facts.append(("", "")) }
      for (column, cell) in zip(result.schema.columns, row) {
        var sink = ByteSink()
        CellText.append(cell, to: &sink)
        let value = sink.text()
        if !value.isEmpty { facts.append((column.name, value)) }
      }
    }
    return StoreListing.rows(Schema(texts("Fact", "Value")), facts) { [text($0.0), text($0.1)] }
  }
}
