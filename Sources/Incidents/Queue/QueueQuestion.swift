import Alerts
import GRDB
import OperationalStore

extension QueueScan.ColumnTest {
  /// What a condition asks for, in the numbers of words and incidents.
  init(_ condition: IncidentCondition, _ words: QueueWords, _ reader: IncidentReader) throws {
    let wanted: QueueTest.Wanted
    switch condition.wanted {
    case .ranges(let asked, let ranges): (column, wanted) = (asked, .ranges(ranges))
    case .counts(let asked, let ranges):
      (column, wanted) = (asked, .words(NumberSet(try words.sets(asked, counting: ranges))))
    case .words(let asked, let texts, let likeness):
      let found = try words.all(asked).filter { word in
        Self.isAsked(word.text.lowercased(), texts, likeness)
      }
      (column, wanted) = (asked, .words(NumberSet(found.map(\.number))))
    case .exact(let asked, let texts):
      let found = try words.all(asked).filter { texts.contains($0.text) }.map(\.number)
      let none: [Int64] = texts.contains(nil) ? [0] : []
      (column, wanted) = (asked, .words(NumberSet(found + none)))
    case .members(let asked, let texts, let likeness):
      let named = asked == .rule ? try reader.rules(named: texts, likeness) : []
      var found =
        likeness == .whole
        ? try words.sets(asked, having: texts)
        : try words.sets(asked) { Self.isAsked($0, texts, likeness) }
      found += try words.sets(asked, having: named)
      (column, wanted) = (asked, .words(NumberSet(found)))
    case .entities(let texts, let isPart):
      (column, wanted) = (nil, .incidents(NumberSet(try reader.incidents(of: texts, isPart))))
    }
    test = QueueTest(wanted: wanted, isNegated: condition.isNegated)
  }

  /// Whether a word in small letters is like one of some texts.
  fileprivate static func isAsked(
    _ word: String,
    _ texts: [String],
    _ likeness: IncidentCondition.Likeness
  ) -> Bool {
    switch likeness {
    case .whole: texts.contains(word)
    case .part: texts.contains { $0.isEmpty || word.contains($0) }
    case .letters: texts.contains(ProductWord.letters(of: word))
    }
  }

  /// The incidents of some tenants; nil where there are no others.
  static func of(_ tenants: [String], _ words: QueueWords) throws -> Self? {
    let asked = Set(tenants)
    let all = try words.all(.tenant)
    let found = all.filter { asked.contains($0.text) }
    if found.count == all.count { return nil }
    let test = QueueTest(wanted: .words(NumberSet(found.map(\.number))), isNegated: false)
    return Self(column: .tenant, test: test)
  }

  /// Incidents whose alerts were not moved to others.
  static var standing: Self {
    let redirected = NumberSet([QueueRow.place(of: .redirected)])
    return Self(column: .status, test: QueueTest(wanted: .words(redirected), isNegated: true))
  }
}

extension IncidentReader {
  /// The ids of rules that have one of some names, in small letters.
  fileprivate func rules(
    named names: [String],
    _ likeness: IncidentCondition.Likeness
  ) throws -> [String] {
    try rows("SELECT id, name FROM rules", []) { row in
      QueueScan.ColumnTest.isAsked((row[1] as String).lowercased(), names, likeness)
        ? (row[0] as String).lowercased() : nil
    }
  }

  /// Whether an incident of some tenants has a word, in small letters.
  func has(_ word: String, in column: QueueColumn, of tenants: [String]) throws -> Bool {
    try !rows(
      """
      SELECT 1 FROM incident_facets AS facets JOIN incidents ON incidents.id = facets.incident
      WHERE facets.kind = ? AND facets.value = ?
        AND incidents.tenant IN (SELECT value FROM json_each(?)) LIMIT 1
      """,
      [column.facet, word, StoredJSON.list(tenants)]
    )
    .isEmpty
  }

  /// The ids of incidents that have something to do with an entity.
  fileprivate func incidents(of names: [String], _ isPart: Bool) throws -> [Int64] {
    let marks = names.map { _ in "?" }.joined(separator: ",")
    let parts = names.map { _ in "instr(value, ?) > 0" }.joined(separator: " OR ")
    return try Int64.fetchAll(
      database,
      sql: """
        SELECT incident FROM incident_facets
        WHERE kind = 'entity' AND \(isPart ? "(\(parts))" : "value IN (\(marks))")
        """,
      arguments: StatementArguments(names)
    )
  }
}
