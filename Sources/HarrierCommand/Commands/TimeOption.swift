import ArgumentParser
import Columnar
import FileAccess

/// The time at which something is done, for data of another time.
struct TimeOption: ParsableArguments {
  @Option(help: ArgumentHelp("Run as if it were this time.", valueName: "time"))
  var at: String?

  func validate() throws {
    if let at, DateTime(parsing: Array(at.utf8)) == nil {
      throw ValidationError("--at is a time such as 2026-01-31T12:00:00Z.")
    }
  }

  var clock: any Clock {
    let time = at.flatMap { DateTime(parsing: Array($0.utf8)) }
    return time.map { SimulatedClock(wallTicks: $0.ticks) } ?? SystemClock()
  }
}
