import Columnar
import GRDB
import OperationalStore

/// The alerts that have the keys of others, read once and kept up with what is written: alerts of
/// one attack come close together.
struct KeyHolders {
  /// An alert that has a key, and when.
  struct Holder {
    let alert: KnownAlert
    let time: Int64
  }

  /// The newest alerts of a time that have a key of a tenant.
  struct Question {
    let tenant: String
    let key: String
    let times: ClosedRange<Int64>
    /// The alert that asks, which is no answer; nil where it may be one.
    var asker: KnownAlert?
    let limit: Int
  }

  /// A key of a tenant, told from others by its bytes as the database does.
  private struct Place: Hashable {
    let tenant: ByteString
    let key: ByteString

    init(_ tenant: String, _ key: String) {
      self.tenant = ByteString(tenant)
      self.key = ByteString(key)
    }
  }

  /// What has a key from a time on.
  private enum Known {
    /// All, the newest first, those of one time by their ids.
    case all([Holder], since: Int64)
    /// More than are kept.
    case many
  }

  /// Changes the database in the transaction of now.
  var writer: IncidentWriter
  private var known: [Place: Known] = [:]
  private var alerts: [String: KnownAlert] = [:]
  /// The most of a key that are kept.
  private static let mostKept = 200

  init(_ writer: IncidentWriter) { self.writer = writer }

  /// The alert of a key, which is the same whenever it is asked for.
  mutating func alert(_ key: String) -> KnownAlert {
    if let known = alerts[key] { return known }
    let alert = KnownAlert(key)
    alerts[key] = alert
    return alert
  }

  /// - Parameter start: the earliest time that may be asked for of the key soon.
  mutating func holders(_ question: Question, readingFrom start: Int64) throws -> [Holder] {
    let place = Place(question.tenant, question.key)
    if case .many = known[place] { return try read(question) }
    if case .all(let holders, let since) = known[place], since <= question.times.lowerBound {
      return Self.answer(question, among: holders)
    }
    let whole = Question(
      tenant: question.tenant,
      key: question.key,
      times: min(start, question.times.lowerBound)...Int64.max,
      limit: Self.mostKept
    )
    let holders = try read(whole)
    if holders.count == Self.mostKept {
      known[place] = .many
      return try read(question)
    }
    known[place] = .all(holders, since: whole.times.lowerBound)
    return Self.answer(question, among: holders)
  }

  /// Keeps what later alerts may share with an alert.
  mutating func write(_ keys: CorrelationKeys, of alert: IncidentAlert) throws {
    let assets = keys.assets.flatMap { asset in
      asset.names.map { CorrelationKey(asset.kind, $0) }
    }
    let holder = Holder(alert: self.alert(alert.key), time: alert.firstTime.ticks)
    for key in (Array(keys.keys) + assets).map(\.text).sorted() {
      try writer.run(
        "INSERT OR IGNORE INTO correlation_keys (tenant, key, time, alert) VALUES (?, ?, ?, ?)",
        [alert.tenant, key, holder.time, alert.key]
      )
      add(holder, to: Place(alert.tenant, key))
    }
  }

  private mutating func add(_ holder: Holder, to place: Place) {
    guard case .all(var holders, let since) = known[place], holder.time >= since else { return }
    let next = holders.firstIndex { !Self.precedes($0, holder) } ?? holders.count
    if next < holders.count, !Self.precedes(holder, holders[next]) { return }
    holders.insert(holder, at: next)
    known[place] = holders.count < Self.mostKept ? .all(holders, since: since) : .many
  }

  /// The order of the database, by bytes.
  private static func precedes(_ left: Holder, _ right: Holder) -> Bool {
    if left.time != right.time { return left.time > right.time }
    return left.alert.key.utf8.lexicographicallyPrecedes(right.alert.key.utf8)
  }

  private static func answer(_ question: Question, among holders: [Holder]) -> [Holder] {
    let fitting = holders.lazy.filter {
      question.times.contains($0.time) && $0.alert !== question.asker
    }
    return Array(fitting.prefix(question.limit))
  }

  private mutating func read(_ question: Question) throws -> [Holder] {
    let found = try writer.rows(
      """
      SELECT alert, time FROM correlation_keys
      WHERE tenant = ? AND key = ? AND time BETWEEN ? AND ? AND alert <> ?
      ORDER BY time DESC, alert LIMIT ?
      """,
      [
        question.tenant, question.key, question.times.lowerBound, question.times.upperBound,
        question.asker?.key ?? "", question.limit,
      ]
    ) { (alert: $0[0] as String, time: $0[1] as Int64) }
    return found.map { Holder(alert: alert($0.alert), time: $0.time) }
  }
}

/// An alert of which others have keys, with what was read of it.
final class KnownAlert {
  /// What the database knows it by.
  let key: String
  /// What the correlation weighs of it.
  var facts: CorrelationFacts?
  /// The incident that it is in, and how often incidents had been brought together then.
  var place: (incident: Int64, merges: Int)?

  init(_ key: String) { self.key = key }
}
