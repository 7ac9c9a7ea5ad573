import Alerts
import GRDB
import OperationalStore

/// The numbers of the words and sets of words in blocks.
struct QueueWords {
  private let database: Database
  /// Whether new words are kept; else they have numbers beyond those that are kept, for as long as
  /// this lasts.
  private let keeps: Bool
  private var known: [Key: Int64] = [:]
  private var own: [Own] = []
  private let firstOwn: Int64

  private struct Key: Hashable {
    let kind: String
    let text: String
  }

  private struct Own {
    let kind: String
    let text: String
    let members: [String]
    let number: Int64
  }

  init(_ database: Database, keeps: Bool) throws {
    self.database = database
    self.keeps = keeps
    firstOwn = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM incident_words") ?? 0) + 1
  }

  mutating func number(_ column: QueueColumn, _ text: String) throws -> Int64 {
    try number(column, text, members: [])
  }

  /// - Parameter members: each once, in the order of their letters.
  mutating func set(_ column: QueueColumn, _ members: [String]) throws -> Int64 {
    if members.isEmpty { return 0 }
    return try number(column, StoredJSON.list(members), members: members)
  }

  private mutating func number(
    _ column: QueueColumn,
    _ text: String,
    members: [String]
  ) throws -> Int64 {
    let key = Key(kind: column.kind, text: text)
    if let number = known[key] { return number }
    let number = try kept(key) ?? make(key, members)
    known[key] = number
    return number
  }

  private func kept(_ key: Key) throws -> Int64? {
    let statement = try database.cachedStatement(
      sql: "SELECT id FROM incident_words WHERE kind = ? AND text = ?"
    )
    return try Int64.fetchOne(statement, arguments: [key.kind, key.text])
  }

  private mutating func make(_ key: Key, _ members: [String]) throws -> Int64 {
    guard keeps else {
      let number = firstOwn + Int64(own.count)
      own.append(Own(kind: key.kind, text: key.text, members: members, number: number))
      return number
    }
    try database.execute(
      prepared: "INSERT INTO incident_words (kind, text) VALUES (?, ?)",
      arguments: [key.kind, key.text]
    )
    let number = database.lastInsertedRowID
    for member in members {
      try database.execute(
        prepared: "INSERT INTO incident_word_members (kind, member, word) VALUES (?, ?, ?)",
        arguments: [key.kind, member, number]
      )
    }
    return number
  }

  /// The words of a column.
  func all(_ column: QueueColumn) throws -> [(number: Int64, text: String)] {
    let words = try database.rows(
      prepared: "SELECT id, text FROM incident_words WHERE kind = ?",
      arguments: [column.kind]
    ) { (number: $0[0] as Int64, text: $0[1] as String) }
    return words + own.filter { $0.kind == column.kind }.map { ($0.number, $0.text) }
  }

  /// The sets of a column that have a member for which `isAsked` holds.
  func sets(_ column: QueueColumn, where isAsked: (String) -> Bool) throws -> [Int64] {
    let numbers = try database.rows(
      prepared: "SELECT member, word FROM incident_word_members WHERE kind = ?",
      arguments: [column.kind]
    ) { isAsked($0[0]) ? $0[1] as Int64 : nil }
    let asked = own.filter { $0.kind == column.kind && $0.members.contains(where: isAsked) }
    return numbers + asked.map(\.number)
  }

  /// The sets of a column with as many members; 0 is the empty one.
  func sets(_ column: QueueColumn, counting ranges: [ClosedRange<Int64>]) throws -> [Int64] {
    func isAsked(_ count: Int64) -> Bool { ranges.contains { $0.contains(count) } }
    let numbers = try database.rows(
      prepared: "SELECT word, count(*) FROM incident_word_members WHERE kind = ? GROUP BY word",
      arguments: [column.kind]
    ) { isAsked($0[1]) ? $0[0] as Int64 : nil }
    let asked = own.filter { $0.kind == column.kind && isAsked(Int64($0.members.count)) }
    return numbers + asked.map(\.number) + (isAsked(0) ? [0] : [])
  }

  /// The sets of a column that have one of some members.
  func sets(_ column: QueueColumn, having members: [String]) throws -> [Int64] {
    var numbers: [Int64] = []
    for member in members {
      let statement = try database.cachedStatement(
        sql: "SELECT word FROM incident_word_members WHERE kind = ? AND member = ?"
      )
      numbers += try Int64.fetchAll(statement, arguments: [column.kind, member])
    }
    let asked = own.filter { set in
      set.kind == column.kind && set.members.contains(where: members.contains)
    }
    return numbers + asked.map(\.number)
  }
}
