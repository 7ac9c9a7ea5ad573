import Columnar
import GRDB
import OperationalStore

/// The alerts that have the keys of others, read once in a transaction and kept up with what it
/// writes: alerts of one attack come close together.
struct KeyHolders {
  /// An alert that has a key, and when.
  struct Holder {
    let alert: String
    let time: Int64
  }

  /// The newest alerts of a time that have a key of a tenant.
  struct Question {
    let tenant: String
    let key: String
    let times: ClosedRange<Int64>
    /// The alert that asks, which is no answer; empty where it may be one.
    var asker = ""
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

  private let writer: IncidentWriter
  private var known: [Place: Known] = [:]
  /// The most of a key that are kept.
  private static let mostKept = 200

  init(_ writer: IncidentWriter) { self.writer = writer }

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
    for key in (Array(keys.keys) + assets).map(\.text).sorted() {
      try writer.run(
        "INSERT OR IGNORE INTO correlation_keys (tenant, key, time, alert) VALUES (?, ?, ?, ?)",
        [alert.tenant, key, alert.firstTime.ticks, alert.key]
      )
      add(
        Holder(alert: alert.key, time: alert.firstTime.ticks),
        to: Place(alert.tenant, key)
      )
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
    return left.alert.utf8.lexicographicallyPrecedes(right.alert.utf8)
  }

  private static func answer(_ question: Question, among holders: [Holder]) -> [Holder] {
    let fitting = holders.lazy.filter {
      question.times.contains($0.time) && !$0.alert.utf8.elementsEqual(question.asker.utf8)
    }
    return Array(fitting.prefix(question.limit))
  }

  private func read(_ question: Question) throws -> [Holder] {
    try writer.rows(
      """
      SELECT alert, time FROM correlation_keys
      WHERE tenant = ? AND key = ? AND time BETWEEN ? AND ? AND alert <> ?
      ORDER BY time DESC, alert LIMIT ?
      """,
      [
        question.tenant, question.key, question.times.lowerBound, question.times.upperBound,
        question.asker, question.limit,
      ]
    ) { Holder(alert: $0[0], time: $0[1]) }
  }
}
