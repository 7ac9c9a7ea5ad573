import Columnar
import DetectionRules
import Detections
import Execution
import Hunting

/// Simulated runs and alerts as rows to print.
enum SimulationTables {
  /// The runs of a time in all tenants.
  struct Round {
    var time: DateTime
    var start: DateTime
    var rowCount = 0
    var alertCount = 0
    var foldedCount = 0
    var state = "evaluated"

    /// Adds up the runs of each time, in the order of time.
    static func all(_ simulations: [RuleSimulation]) -> [Round] {
      var rounds: [Int64: Round] = [:]
      for run in simulations.flatMap(\.runs) {
        var round = rounds[run.time.ticks] ?? Round(time: run.time, start: run.window.start)
        round.rowCount += run.rowCount
        round.alertCount += run.alertCount
        round.foldedCount += run.foldedCount
        switch run.ending {
        case .evaluated: break
        case .suppressed: round.state = "suppressed"
        case .failed(let failure): round.state = failure.code.rawValue
        }
        rounds[run.time.ticks] = round
      }
      return rounds.values.sorted { $0.time < $1.time }
    }

    /// The end of the window in a few characters.
    var label: String { String(time.text.prefix(16)) + "Z" }
  }

  static func runs(_ rounds: [Round]) -> QueryResult {
    let schema = Schema([
      ColumnSchema("From", .datetime), ColumnSchema("To", .datetime),
      ColumnSchema("Rows", .long), ColumnSchema("Alerts", .long),
      ColumnSchema("FurtherEvents", .long), ColumnSchema("State", .string),
    ])
    return StoreListing.rows(schema, rounds) { round in
      [
        .datetime(round.start), .datetime(round.time), .long(Int64(round.rowCount)),
        .long(Int64(round.alertCount)), .long(Int64(round.foldedCount)),
        .string(ByteString(round.state)),
      ]
    }
  }

  /// The runs of two rules, by the ends of their windows.
  static func runs(_ first: [Round], _ second: [Round]) -> QueryResult {
    let schema = Schema([
      ColumnSchema("To", .datetime), ColumnSchema("RowsA", .long),
      ColumnSchema("AlertsA", .long), ColumnSchema("RowsB", .long),
      ColumnSchema("AlertsB", .long),
    ])
    let one = Dictionary(first.map { ($0.time, $0) }) { kept, _ in kept }
    let other = Dictionary(second.map { ($0.time, $0) }) { kept, _ in kept }
    let times = Set(one.keys).union(other.keys).sorted()
    return StoreListing.rows(schema, times) { time in
      [.datetime(time)] + counts(one[time]) + counts(other[time])
    }
  }

  private static func counts(_ round: Round?) -> [Scalar] {
    guard let round else { return [.null(.long), .null(.long)] }
    return [.long(Int64(round.rowCount)), .long(Int64(round.alertCount))]
  }

  /// Alerts with the mark of where they are from.
  static func alerts(_ marked: [(mark: String, entry: AlertHistory.Entry)], mark: String)
    -> QueryResult
  {
    let schema = Schema([
      ColumnSchema(mark, .string), ColumnSchema("RunTime", .datetime),
      ColumnSchema("Title", .string), ColumnSchema("Severity", .string),
      ColumnSchema("Events", .long), ColumnSchema("FirstEvent", .datetime),
      ColumnSchema("LastEvent", .datetime), ColumnSchema("Entities", .string),
    ])
    return StoreListing.rows(schema, marked) { item in
      let alert = item.entry.alert
      return [
        .string(ByteString(item.mark)), .datetime(item.entry.time),
        .string(ByteString(alert.title)), .string(ByteString(alert.severity.title)),
        .long(Int64(alert.eventCount)), time(alert.firstTime), time(alert.lastTime),
        .string(ByteString(alert.entityText)),
      ]
    }
  }

  private static func time(_ time: DateTime?) -> Scalar {
    time.map { .datetime($0) } ?? .null(.datetime)
  }
}
