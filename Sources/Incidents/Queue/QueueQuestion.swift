import GRDB

extension QueueScan.ColumnTest {
  /// What a condition asks for, in the numbers of words and incidents.
  init(_ condition: IncidentCondition, _ words: QueueWords, _ reader: IncidentReader) throws {
    let wanted: QueueTest.Wanted
    switch condition.wanted {
    case .ranges(let asked, let ranges): (column, wanted) = (asked, .ranges(ranges))
    case .words(let asked, let texts, let isPart):
      let found = try words.all(asked).filter { word in
        let text = word.text.lowercased()
        return isPart ? Self.has(texts, in: text) : texts.contains(text)
      }
      (column, wanted) = (asked, .words(NumberSet(found.map(\.number))))
    case .exact(let asked, let texts):
      let found = try words.all(asked).filter { texts.contains($0.text) }.map(\.number)
      let none: [Int64] = texts.contains(nil) ? [0] : []
      (column, wanted) = (asked, .words(NumberSet(found + none)))
    case .members(let asked, let texts, let isPart):
      let found =
        try isPart
        ? words.sets(asked) { Self.has(texts, in: $0) }
        : words.sets(asked, having: texts)
      (column, wanted) = (asked, .words(NumberSet(found)))
    case .entities(let texts, let isPart):
      (column, wanted) = (nil, .incidents(NumberSet(try reader.incidents(of: texts, isPart))))
    }
    test = QueueTest(wanted: wanted, isNegated: condition.isNegated)
  }

  /// Whether a word has one of some parts.
  private static func has(_ parts: [String], in word: String) -> Bool {
    parts.contains { $0.isEmpty || word.contains($0) }
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
