import Columnar
import GRDB
import OperationalStore

/// Finds the older alerts that share something with a new one.
///
/// It keeps what it reads, and so lasts as long as nobody else changes the database.
struct CandidateSearch {
  /// Changes the database in the transaction of now.
  var writer: IncidentWriter {
    didSet {
      holders.writer = writer
      entities.writer = writer
      states = [:]
    }
  }
  private var holders: KeyHolders
  private var entities: KnownEntities
  /// How often incidents were brought together: places of alerts are those after one of them.
  private var merges = 0
  /// Whether incidents are open; none is resolved while the alerts of a transaction are taken.
  private var states: [Int64: Bool] = [:]

  /// The most older alerts that are looked at for each thing that is shared, the newest.
  private static let most = 32
  /// What an alert had this long before is routine, unless it was longer ago than a month.
  private static let routineAge = 3 * TimeSpan.ticksPerDay
  private static let memory = 30 * TimeSpan.ticksPerDay

  init(_ writer: IncidentWriter) {
    self.writer = writer
    holders = KeyHolders(writer)
    entities = KnownEntities(writer)
  }

  /// Keeps what later alerts may share with an alert.
  mutating func write(_ keys: CorrelationKeys, of alert: IncidentAlert) throws {
    try holders.write(keys, of: alert)
  }

  /// Alerts of open incidents with what they share; what many incidents of the time have tells
  /// nothing of this alert.
  mutating func candidates(
    for alert: IncidentAlert,
    _ keys: CorrelationKeys
  ) throws -> [Correlator.Candidate] {
    var found: Found = [:]
    let asker = holders.alert(alert.key)
    for key in keys.keys.sorted() {
      let others = try sharing([key.text], key.kind, with: alert, asker)
      let mayBeRoutine = !others.isEmpty && !keys.malicious.contains(key)
      let known = try mayBeRoutine ? oldTimes(of: key, before: alert) : []
      Self.add(others, key, known, to: &found)
    }
    for asset in keys.assets {
      let names = try entities.names(of: asset, tenant: alert.tenant)
      let shown = CorrelationKey(asset.kind, EntityNames.shown(names))
      let texts = names.sorted().map { CorrelationKey(asset.kind, $0).text }
      let others = try sharing(texts, asset.kind, with: alert, asker)
      Self.add(others, shown, [], to: &found)
    }
    return Array(found.values)
  }

  /// Forgets which incidents alerts are in: incidents were brought together.
  mutating func forgetPlaces() {
    merges += 1
    states = [:]
  }

  /// Candidates by the alerts that they are.
  private typealias Found = [ObjectIdentifier: Correlator.Candidate]

  private static func add(
    _ others: [Sharing],
    _ key: CorrelationKey,
    _ known: [Int64],
    to found: inout Found
  ) {
    if Set(others.map(\.incident)).count >= LinkWeights.glueLimit { return }
    for other in others where other.isOpen {
      guard let facts = other.alert.facts else { continue }
      let isRoutine = known.contains {
        $0 < other.time - routineAge && $0 >= other.time - memory
      }
      found[
        ObjectIdentifier(other.alert),
        default: Correlator.Candidate(facts: facts, incident: other.incident)
      ]
      .shared.append(LinkScore.Shared(key: key, isRoutine: isRoutine))
    }
  }

  /// An alert that shares something.
  private struct Sharing {
    let alert: KnownAlert
    let time: Int64
    let incident: Int64
    let isOpen: Bool
  }

  /// The newest alerts that have one of some keys, all of which are of one thing.
  ///
  /// Many keys have the same alerts, so each alert and incident is looked up once for all keys.
  private mutating func sharing(
    _ keys: [String],
    _ kind: CorrelationKey.Kind,
    with alert: IncidentAlert,
    _ asker: KnownAlert
  ) throws -> [Sharing] {
    var seen: Set<ObjectIdentifier> = []
    var found: [Sharing] = []
    for key in keys {
      for other in try alerts(having: key, kind, near: alert, asker) {
        guard seen.insert(ObjectIdentifier(other.alert)).inserted,
          let incident = try place(of: other.alert)
        else { continue }
        let isOpen = try states[incident] ?? self.isOpen(incident)
        states[incident] = isOpen
        found.append(
          Sharing(alert: other.alert, time: other.time, incident: incident, isOpen: isOpen)
        )
      }
    }
    return found
  }

  private mutating func alerts(
    having key: String,
    _ kind: CorrelationKey.Kind,
    near alert: IncidentAlert,
    _ asker: KnownAlert
  ) throws -> [KeyHolders.Holder] {
    let span = LinkWeights.hours(of: kind) * TimeSpan.ticksPerHour
    let question = KeyHolders.Question(
      tenant: alert.tenant,
      key: key,
      times: alert.firstTime.ticks - span...alert.firstTime.ticks + span,
      asker: asker,
      limit: Self.most
    )
    // What may be routine is looked for further back.
    let start = question.times.lowerBound - (kind.isAsset ? 0 : Self.memory)
    return try holders.holders(question, readingFrom: start)
  }

  private func isOpen(_ incident: Int64) throws -> Bool {
    try writer.rows("SELECT status FROM incidents WHERE id = ?", [incident]) {
      IncidentStatus(rawValue: $0[0])
    }
    .first?.isOpen ?? false
  }

  /// The incident that an alert is in; reads what the correlation weighs of it too.
  private func place(of alert: KnownAlert) throws -> Int64? {
    if let place = alert.place, place.merges == merges { return place.incident }
    let isKnown = alert.facts != nil
    let found = try writer.rows(
      """
      SELECT id, title, rule, severity, service_source, tactics, category, first_time, incident
      FROM alerts WHERE id = ?
      """,
      [alert.key]
    ) { row in
      (row[8] as Int64?).map { ($0, isKnown ? nil : CorrelationFacts(row)) }
    }
    guard let (incident, read) = found.first else { return nil }
    if let read { alert.facts = read }
    alert.place = (incident, merges)
    return incident
  }

  /// When alerts had a key that are too old to be of the same attack.
  private mutating func oldTimes(
    of key: CorrelationKey,
    before alert: IncidentAlert
  ) throws -> [Int64] {
    let span = LinkWeights.hours(of: key.kind) * TimeSpan.ticksPerHour
    let start = alert.firstTime.ticks - span - Self.memory
    let question = KeyHolders.Question(
      tenant: alert.tenant,
      key: key.text,
      times: start...alert.firstTime.ticks + span - Self.routineAge,
      limit: Self.most
    )
    return try holders.holders(question, readingFrom: start).map(\.time)
  }
}
