import Columnar
import DetectionRules
import FileAccess
import Hunting
import StructuredText

/// Reads a case of a test file.
struct TestCaseReader {
  private let node: DocumentNode
  /// The folder from which files are seen.
  private let folder: String
  private var reader = TestNodeReader()

  static let keys = ["name", "now", "window", "runs", "events", "watchlists", "expect"]
  static let tableKeys = ["file", "columns", "rows"]

  init(_ node: DocumentNode, folder: String) {
    self.node = node
    self.folder = folder
  }

  /// - Parameter time: of cases that state none.
  mutating func read(number: Int, time: DateTime) -> RuleTestCase {
    _ = reader.isMapping(node, "a case", keys: Self.keys)
    let name = reader.text("name", of: node)
    if name == nil { reader.note("HT002", "the case has no 'name'", at: node.place) }
    let now = Self.now(of: node, &reader) ?? time
    let window = reader.read("window", of: node, "a time such as 1h") {
      $0.text.flatMap(RuleDuration.read)
    }
    let runs = runs(now)
    let events = tables("events").compactMap { table($0, now) }
    let watchlists = tables("watchlists").compactMap { watchlist($0, now) }
    let expectation = expectation()
    return RuleTestCase(
      name: name ?? "case \(number)",
      place: node.place,
      node: node,
      now: now,
      window: window,
      events: events,
      watchlists: watchlists,
      runs: runs,
      expectation: expectation,
      problems: reader.problems
    )
  }

  static func now(of node: DocumentNode, _ reader: inout TestNodeReader) -> DateTime? {
    reader.read("now", of: node, "a time such as 2026-01-31T12:00:00Z") {
      $0.text.flatMap { TestTime.read($0, now: nil) }
    }
  }

  private mutating func expectation() -> AlertExpectation? {
    guard let expected = node["expect"] else { return nil }
    var expectations = AlertExpectationReader(reader: reader)
    let expectation = expectations.read(expected)
    reader = expectations.reader
    return expectation
  }

  private mutating func runs(_ now: DateTime) -> TestRuns {
    guard let runs = node["runs"] else { return .count(1) }
    if let count = runs.integer, (1...TestRuns.mostRuns).contains(count) { return .count(count) }
    if let items = runs.items, !items.isEmpty, items.count <= TestRuns.mostRuns {
      let times = items.compactMap { $0.text.flatMap { TestTime.read($0, now: now) } }
      let isRising = zip(times, times.dropFirst()).allSatisfy { $0 < $1 }
      if times.count == items.count, isRising { return .times(times) }
    }
    reader.wrong(
      "'runs'",
      "a number up to \(TestRuns.mostRuns), or rising times such as [now, now+1h]",
      runs
    )
    return .count(1)
  }

  // MARK: Tables

  private mutating func tables(_ key: String) -> [DocumentMember] {
    guard let tables = node[key] else { return [] }
    if case .mapping(let members) = tables.content { return members }
    reader.wrong("'\(key)'", "a mapping of names to rows", tables)
    return []
  }

  private mutating func table(_ member: DocumentMember, _ now: DateTime) -> TestTable? {
    let known = TableSchemas.environment(.hunting).lookup(member.key)
    guard let columns = columns(member.value) ?? known?.columns else {
      reader.unknown(
        "table",
        member.key,
        at: member.keyPlace,
        among: TableSchemas.environment(.hunting).names,
        code: "HT005"
      )
      return nil
    }
    return content(member, columns, isStated: known == nil, now)
  }

  private mutating func watchlist(_ member: DocumentMember, _ now: DateTime) -> TestTable? {
    if let columns = columns(member.value) { return content(member, columns, isStated: true, now) }
    var names: [String] = []
    for key in rows(member.value).flatMap(\.members).map(\.key) where !names.contains(key) {
      names.append(key)
    }
    return content(member, names.map { ColumnSchema($0, .string) }, isStated: false, now)
  }

  private mutating func content(
    _ member: DocumentMember,
    _ columns: [ColumnSchema],
    isStated: Bool,
    _ now: DateTime
  ) -> TestTable? {
    let value = member.value
    if value.items == nil,
      !reader.isMapping(value, "'\(member.key)'", keys: Self.tableKeys)
    {
      return nil
    }
    let content: TestTable.Content
    if value["file"] != nil {
      let paths = reader.items("file", of: value).compactMap(\.text)
      if paths.isEmpty || value["rows"] != nil {
        reader.wrong("'\(member.key)'", "either rows or files", value)
        return nil
      }
      content = .files(
        paths.map { PathText.join(folder, $0) },
        columns: isStated || value["columns"] != nil ? columns : nil
      )
    } else {
      let rows = TestRows(member.key, columns, now: now)
      content = .rows(rows.read(self.rows(value), &reader))
    }
    return TestTable(name: member.key, place: member.keyPlace, content: content)
  }

  private func rows(_ value: DocumentNode) -> [DocumentNode] {
    value.items ?? value["rows"]?.items ?? []
  }

  /// The columns that a test states; nil where it states none.
  private mutating func columns(_ value: DocumentNode) -> [ColumnSchema]? {
    guard let stated = value["columns"] else { return nil }
    guard case .mapping(let members) = stated.content else {
      reader.wrong("'columns'", "a mapping of names to types", stated)
      return nil
    }
    return members.compactMap { member in
      if let type = member.value.text.flatMap({ ScalarType(name: $0) }) {
        return ColumnSchema(member.key, type)
      }
      reader.unknown(
        "type",
        member.value.text ?? "",
        at: member.value.place,
        among: ScalarType.allCases.map(\.name)
      )
      return nil
    }
  }
}
