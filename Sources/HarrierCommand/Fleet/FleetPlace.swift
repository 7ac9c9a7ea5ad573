import ArgumentParser
import Columnar
import Execution
import Fleet
import Hunting
import SourceText
import Tenancy

/// A store whose tenants a view is of, and how the view is written.
struct FleetPlace: ParsableArguments {
  @OptionGroup var tenants: TenantPlace

  @Option(
    help: ArgumentHelp(
      "How long ago a device was seen at the earliest to count: 30d, PT12H, all.",
      valueName: "time"
    )
  )
  var timespan = "30d"

  @OptionGroup var limits: RunOptions

  @Option(help: "How to write the rows: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  @Option(help: ArgumentHelp("Write at most this many rows and say so.", valueName: "count"))
  var maxRows: Int?

  func validate() throws {
    if timespan != "all", TenantOptions.span(timespan) == nil {
      throw ValidationError("--timespan is a time such as 30d, 12h or P14D, or all.")
    }
    if let maxRows, maxRows < 0 { throw ValidationError("--max-rows must not be negative.") }
  }

  /// A hundred years: all rows, without a start before time itself.
  static let longest = TimeSpan(ticks: 36_500 * TimeSpan.ticksPerDay)

  var lookback: TimeSpan {
    guard let span = TenantOptions.span(timespan) else { return Self.longest }
    return TimeSpan(ticks: min(span.ticks, Self.longest.ticks))
  }

  /// Answers the queries of a view as the principal; what it reads is in the audit trail.
  ///
  /// - Parameter tellsOfOldRows: whether devices that were not seen in the time looked back are
  ///   missing.
  func answer(
    _ queries: [FleetQuery],
    parameters: [String: Scalar] = [:],
    tellsOfOldRows: Bool = true,
    _ console: Console
  ) throws -> FleetAnswer {
    let reading = try open(console)
    if tellsOfOldRows {
      let start = DateTime(ticks: AccessClock.now.ticks - lookback.ticks)
      tellOfOldRows(reading.store, start, console)
    }
    return try reading.answer(
      queries,
      parameters: parameters.merging(["Lookback": .timespan(lookback)]) { own, _ in own },
      console
    )
  }

  private func open(_ console: Console) throws -> FleetReading {
    let access = try tenants.access()
    do {
      let fleet = try access.fleet(
        tenants.selection,
        cache: SegmentCache(limitBytes: limits.memoryLimit / 2)
      )
      for name in fleet.scope.suspended {
        console.note("note: the tenant '\(TerminalText(name).text)' is suspended and left out")
      }
      return FleetReading(access: access, store: fleet, limits: limits)
    } catch let failure as AccessFailure {
      try access.note(refusal: failure, of: tenants.tenant)
      throw failure
    }
  }

  /// Says which tenants have devices that were all seen before the view begins.
  private func tellOfOldRows(_ fleet: FleetStore, _ start: DateTime, _ console: Console) {
    for (tenant, end) in fleet.tenants(withRowsOf: "DeviceInfo", endingBefore: start) {
      console.note(
        "note: no device of the tenant '\(TerminalText(tenant.name).text)' was seen after "
          + "\(end.text), which is too long ago; --timespan all counts all"
      )
    }
  }

  /// Whether people look at what is written.
  var isTable: Bool { (format ?? Console.standardFormat) == .table }

  /// Writes a result, at most as many rows as are wanted; the exit code.
  func write(_ rows: QueryResult, _ console: Console) throws -> Int32 {
    let cut = maxRows.map { rows.prefix($0) } ?? rows
    try console.write(cut, as: format)
    if cut.rowCount == rows.rowCount { return 0 }
    console.note("note: \(cut.rowCount) of \(rows.rowCount) rows written (--max-rows)")
    return ExitCodes.limit
  }
}

extension FleetAnswer {
  /// Tells of tenants whose rows are missing; the exit code where there are some.
  func tell(_ console: Console) -> Int32? {
    for (tenant, tables) in missing {
      console.note(
        "note: the tenant '\(TerminalText(tenant).text)' has no rows of "
          + "\(tables.joined(separator: ", ")); what they would say counts as zero"
      )
    }
    for failure in failures {
      console.note(
        "error: no rows of the tenant '\(TerminalText(failure.tenant.name).text)': "
          + TerminalText(failure.failure.message).text
      )
    }
    return failures.isEmpty ? nil : ExitCodes.queryError
  }
}

/// A view that is one query of the fleet.
protocol FleetCommand: ConsoleCommand {
  var place: FleetPlace { get }
  var query: FleetQuery { get }
  var parameters: [String: Scalar] { get }
}

extension FleetCommand {
  var parameters: [String: Scalar] { [:] }

  func run(_ console: Console) throws -> Int32 {
    let answer = try place.answer([query], parameters: parameters, console)
    let code = try answer.results.map { try place.write($0, console) }.max() ?? 0
    return answer.tell(console) ?? code
  }
}
