import ArgumentParser
import Columnar

/// A period of time: its start belongs to it, its end does not.
struct PeriodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The start of the period, in UTC: 2026-03-01 or 2026-03-01T08:00:00Z.",
      valueName: "time"
    )
  )
  var from: String?

  @Option(help: ArgumentHelp("Its end, which is no more part of it.", valueName: "time"))
  var to: String?

  func validate() throws {
    for (name, text) in [("--from", from), ("--to", to)] where text != nil {
      if Self.time(text) == nil {
        throw ValidationError("\(name) is a date or a time in UTC such as 2026-03-01T08:00:00Z.")
      }
    }
    if let start, let end, end <= start { throw ValidationError("--to is later than --from.") }
  }

  var isGiven: Bool { from != nil || to != nil }
  var start: DateTime? { Self.time(from) }
  var end: DateTime? { Self.time(to) }

  private static func time(_ text: String?) -> DateTime? {
    text.flatMap { DateTime(parsing: Array($0.utf8)) }
  }
}
