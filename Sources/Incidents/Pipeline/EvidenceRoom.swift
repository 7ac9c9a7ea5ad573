import GRDB
import OperationalStore

/// Knows within a transaction which incidents have room for the evidence of one more alert.
///
/// The evidence of an incident is counted once, however often the same thing is named, and grows
/// with each alert. Only where that passes the most are the different things looked at, and kept.
struct EvidenceRoom {
  private struct Thing: Hashable {
    let kind: String
    let identifiers: String
  }

  private let writer: IncidentWriter
  /// No incident has evidence of more things than this.
  private var bounds: [Int64: Int] = [:]
  private var things: [Int64: Set<Thing>] = [:]

  init(_ writer: IncidentWriter) { self.writer = writer }

  /// Makes room for an alert in an incident; false where there is none.
  ///
  /// - Parameter count: how much evidence the alert has.
  mutating func take(_ alert: String, _ count: Int, into incident: Int64) throws -> Bool {
    let bound = try bounds[incident] ?? evidenceCount(of: incident)
    if bound + count <= IncidentStore.mostEntities {
      bounds[incident] = bound + count
      things[incident] = nil
      return true
    }
    let own = try things(ofAlerts: "= ?", alert)
    let all = try things[incident] ?? self.things(ofAlerts: Self.ofIncident, incident)
    let union = all.union(own)
    let isFull = union.count > IncidentStore.mostEntities
    things[incident] = isFull ? all : union
    bounds[incident] = isFull ? all.count : union.count
    return !isFull
  }

  /// Counts an incident anew when it is needed, since it changed otherwise.
  mutating func forget(_ incident: Int64) {
    bounds[incident] = nil
    things[incident] = nil
  }

  private static let ofIncident = "IN (SELECT id FROM alerts WHERE incident = ?)"

  private func evidenceCount(of incident: Int64) throws -> Int {
    try writer.rows(
      "SELECT count(*) AS count FROM alert_entities WHERE alert \(Self.ofIncident)",
      [incident]
    ) { $0[0] as Int }
    .first ?? 0
  }

  private func things(
    ofAlerts condition: String,
    _ value: any DatabaseValueConvertible
  ) throws -> Set<Thing> {
    Set(
      try writer.rows(
        "SELECT DISTINCT kind, identifiers FROM alert_entities WHERE alert \(condition)",
        [value]
      ) { Thing(kind: $0[0], identifiers: $0[1]) }
    )
  }
}
