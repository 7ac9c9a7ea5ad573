import Columnar
import Execution
import QueryPlan
import Testing

struct SummarizeTests {
  @Test("groups equal those of a naive grouping", arguments: 1...12) func grouping(seed: UInt64)
    throws
  {
    var random = RandomValues(seed: seed)
    let types: [ScalarType] = [.string, .real, .bool, .guid, .int, .long]
    let table = RandomTable(types, rowCount: 500, variety: 4, &random)
    let keys = Array(table.columns[..<(1 + Int(seed % 5))])
    let outputs = testColumns([.long, .long, .long], from: 100)
    let value = table.columns[5].reference
    let plan = Plan.summarize(
      Summarize(
        input: table.scan,
        keys: keys.map(NamedExpression.init(passing:)),
        aggregates: [
          aggregate("count", [], outputs[0]),
          aggregate("sum", [value], outputs[1]),
          aggregate("max", [value], outputs[2]),
        ]
      )
    )
    let expected = naive(table, keyCount: keys.count)
    let differences = try PlanRun.differences(plan, table.tables, expected: expected)
    #expect(differences == [], "seed \(seed)")
  }

  /// Groups in the order of first appearance.
  private func naive(_ table: RandomTable, keyCount: Int) -> [[String]] {
    var order: [[String]] = []
    var groups: [[String]: (count: Int64, sum: Int64, best: Int64?)] = [:]
    for (row, shown) in zip(table.rows, table.shown) {
      let key = Array(shown[..<keyCount])
      if groups[key] == nil { order.append(key) }
      var group = groups[key] ?? (0, 0, nil)
      group.count += 1
      if case .long(let value) = row[5] {
        group.sum &+= value
        group.best = max(group.best ?? value, value)
      }
      groups[key] = group
    }
    return order.map { key in
      guard let group = groups[key] else { return key }
      return key + ["\(group.count)", "\(group.sum)", group.best.map { "\($0)" } ?? "null"]
    }
  }

  @Test("seventy keys with nulls make the right groups") func manyKeys() throws {
    var random = RandomValues(seed: 70)
    let types = [ScalarType](repeating: .int, count: 70)
    let table = RandomTable(types, rowCount: 60, variety: 1, &random)
    let plan = Plan.summarize(
      Summarize(
        input: table.scan,
        keys: table.columns.map(NamedExpression.init(passing:)),
        aggregates: []
      )
    )
    var seen: Set<[String]> = []
    let expected = table.shown.filter { seen.insert($0).inserted }
    #expect(try PlanRun.differences(plan, table.tables, expected: expected) == [])
  }

  @Test("without keys there is one row, also over nothing") func noKeys() throws {
    let column = PlanColumn(id: ColumnID(1), name: "x", type: .long)
    let count = PlanColumn(id: ColumnID(2), name: "n", type: .long)
    let empty = Plan.values(Values(columns: [column], rows: []))
    let counting = Summarize(
      input: empty,
      keys: [],
      aggregates: [aggregate("count", [], count)]
    )
    #expect(try PlanRun.differences(.summarize(counting), expected: [["0"]]) == [])
    let keyed = Summarize(
      input: empty,
      keys: [NamedExpression(passing: column)],
      aggregates: [aggregate("count", [], count)]
    )
    #expect(try PlanRun.differences(.summarize(keyed), expected: []) == [])
  }
}
