import AttackGeneration
import FileAccess
import Incidents
import OperationalStore
import StructuredText

/// Groups alerts as a store of incidents does.
enum Grouping {
  struct Failure: Error { let text: String }

  /// The incident of each alert by the alert's id; how long that took is told on standard error.
  static func incidents(
    of scenario: GeneratedScenario,
    store path: String
  ) throws -> [String: String] {
    try LocalFileSystem().makeFoldersDurably(path)
    guard let store = try IncidentStore.open(store: path, access: .readWrite) else {
      throw Failure(text: "no store at \(path)")
    }
    // As they come: in steps, each of which is put into incidents before the next.
    let clock = SystemClock()
    var (taking, placing) = (UInt64(0), UInt64(0))
    var rest = scenario.alerts[...]
    while !rest.isEmpty {
      let start = clock.monotonicNanoseconds
      let alerts = try rest.prefix(2_000).map {
        try TextDocument(Array($0.json.utf8), format: .json).root
      }
      rest = rest.dropFirst(2_000)
      let outcome = try AlertIntake(store).take(alerts) { $0 }
      if let refusal = outcome.refused.first { throw Failure(text: refusal.reason) }
      let taken = clock.monotonicNanoseconds
      _ = try IncidentPipeline(store).run()
      taking += taken - start
      placing += clock.monotonicNanoseconds - taken
    }
    let count = UInt64(scenario.alerts.count) * 1_000_000_000
    let notes = DescriptorOutput.standardError()
    try notes.write(
      "\(scenario.alerts.count) alerts: read and kept \(count / max(1, taking)) a second, "
        + "put into incidents \(count / max(1, placing)) a second\n"
    )
    try notes.flush()
    var groups: [String: String] = [:]
    for alert in scenario.alerts {
      let incident = try store.alert(alert.id, of: alert.tenant)?.incident
      groups[alert.id] = incident?.reference.description
    }
    // What a look at single incidents needs.
    let truth = scenario.truth.map { $0.json + "\n" }.joined()
    try LocalFileSystem().replaceWhole(path + "/truth.ndjson") { write in
      try Array(truth.utf8).withUnsafeBytes { try write($0) }
    }
    return groups
  }
}
