import Columnar
import GRDB

/// Finds the older alerts that share something with a new one.
struct CandidateSearch {
  private let writer: IncidentWriter
  private var facts: [String: CorrelationFacts] = [:]

  /// The most older alerts that are looked at for each thing that is shared, the newest.
  private static let most = 32
  /// What an alert had this long before is routine, unless it was longer ago than a month.
  private static let routineAge = 3 * TimeSpan.ticksPerDay
  private static let memory = 30 * TimeSpan.ticksPerDay

  init(_ writer: IncidentWriter) { self.writer = writer }

  /// Alerts of open incidents with what they share; what many incidents of the time have tells
  /// nothing of this alert.
  mutating func candidates(
    for alert: IncidentAlert,
    _ keys: CorrelationKeys
  ) throws -> [Correlator.Candidate] {
    var found: [String: Correlator.Candidate] = [:]
    for key in keys.keys.sorted() {
      let others = try sharing([key.text], key.kind, with: alert)
      let mayBeRoutine = !others.isEmpty && !keys.malicious.contains(key)
      let known = try mayBeRoutine ? oldTimes(of: key, before: alert) : []
      try add(others, key, known, to: &found)
    }
    for asset in keys.assets {
      let names = try writer.names(of: asset, tenant: alert.tenant)
      let shown = CorrelationKey(asset.kind, EntityNames.shown(names))
      let texts = names.sorted().map { CorrelationKey(asset.kind, $0).text }
      try add(try sharing(texts, asset.kind, with: alert), shown, [], to: &found)
    }
    return Array(found.values)
  }

  private mutating func add(
    _ others: [Sharing],
    _ key: CorrelationKey,
    _ known: [Int64],
    to found: inout [String: Correlator.Candidate]
  ) throws {
    if Set(others.map(\.incident)).count >= LinkWeights.glueLimit { return }
    for other in others where other.isOpen {
      if found[other.alert] == nil {
        guard let facts = try facts(of: other.alert) else { continue }
        found[other.alert] = Correlator.Candidate(facts: facts, incident: other.incident)
      }
      let isRoutine = known.contains {
        $0 < other.time - Self.routineAge && $0 >= other.time - Self.memory
      }
      found[other.alert]?.shared.insert(LinkScore.Shared(key: key, isRoutine: isRoutine))
    }
  }

  /// An alert that shares something.
  private struct Sharing {
    let alert: String
    let time: Int64
    let incident: Int64
    let isOpen: Bool
  }

  /// The newest alerts that have one of some keys, all of which are of one thing.
  private func sharing(
    _ keys: [String],
    _ kind: CorrelationKey.Kind,
    with alert: IncidentAlert
  ) throws -> [Sharing] {
    let span = LinkWeights.hours(of: kind) * TimeSpan.ticksPerHour
    let found = try keys.flatMap { key in
      try writer.rows(
        """
        SELECT keys.alert, keys.time, alerts.incident, incidents.status
        FROM correlation_keys AS keys JOIN alerts ON alerts.id = keys.alert
          JOIN incidents ON incidents.id = alerts.incident
        WHERE keys.tenant = ? AND keys.key = ? AND keys.time BETWEEN ? AND ? AND keys.alert <> ?
        ORDER BY keys.time DESC, keys.alert LIMIT ?
        """,
        [
          alert.tenant, key, alert.firstTime.ticks - span, alert.firstTime.ticks + span,
          alert.key, Self.most,
        ]
      )
    }
    var seen: Set<String> = []
    return found.compactMap { row in
      // By their places: names are looked for in each row.
      let alert: String = row[0]
      guard seen.insert(alert).inserted else { return nil }
      let status = IncidentStatus(rawValue: row[3])
      return Sharing(alert: alert, time: row[1], incident: row[2], isOpen: status?.isOpen ?? false)
    }
  }

  /// When alerts had a key that are too old to be of the same attack.
  private func oldTimes(of key: CorrelationKey, before alert: IncidentAlert) throws -> [Int64] {
    let span = LinkWeights.hours(of: key.kind) * TimeSpan.ticksPerHour
    return try writer.rows(
      """
      SELECT time FROM correlation_keys
      WHERE tenant = ? AND key = ? AND time BETWEEN ? AND ? ORDER BY time DESC LIMIT ?
      """,
      [
        alert.tenant, key.text, alert.firstTime.ticks - span - Self.memory,
        alert.firstTime.ticks + span - Self.routineAge, Self.most,
      ]
    )
    .map { $0[0] }
  }

  private mutating func facts(of key: String) throws -> CorrelationFacts? {
    if let known = facts[key] { return known }
    let row = try writer.rows(
      """
      SELECT id, title, rule, severity, service_source, tactics, category, first_time
      FROM alerts WHERE id = ?
      """,
      [key]
    )
    .first
    let found = row.map { CorrelationFacts($0) }
    facts[key] = found
    return found
  }
}

extension IncidentWriter {
  /// Keeps what later alerts may share with an alert.
  func write(_ keys: CorrelationKeys, of alert: IncidentAlert) throws {
    let assets = keys.assets.flatMap { asset in
      asset.names.map { CorrelationKey(asset.kind, $0) }
    }
    for key in (Array(keys.keys) + assets).sorted() {
      try run(
        "INSERT OR IGNORE INTO correlation_keys (tenant, key, time, alert) VALUES (?, ?, ?, ?)",
        [alert.tenant, key.text, alert.firstTime.ticks, alert.key]
      )
    }
  }
}
