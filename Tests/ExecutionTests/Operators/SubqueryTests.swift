import Columnar
import Execution
import QueryPlan
import Testing

/// `mv-expand`, `mv-apply` and `partition`.
struct SubqueryTests {
  private let id = PlanColumn(id: ColumnID(1), name: "id", type: .long)
  private let list = PlanColumn(id: ColumnID(2), name: "list", type: .dynamic)
  private let item = PlanColumn(id: ColumnID(3), name: "item", type: .long)
  private let index = PlanColumn(id: ColumnID(4), name: "index", type: .long)

  /// Rows of an id and an array of numbers; nil is null.
  private func lists(_ values: [[Int64]?]) -> Plan {
    let rows = values.enumerated().map { number, values -> [Scalar] in
      guard let values else { return [.long(Int64(number)), .null(.dynamic)] }
      var writer = DynamicWriter()
      writer.beginArray()
      for value in values { writer.append(long: value) }
      writer.endArray()
      return [.long(Int64(number)), .dynamic(writer.value())]
    }
    return .values(Values(columns: [id, list], rows: rows))
  }

  private let sample: [[Int64]?] = [[1, 2, 3], [], nil, [9], [4, 4, -1, 7]]

  @Test("an array makes a row an element, null one row, nothing none") func expand() throws {
    let plan = Plan.expand(
      Expand(
        input: lists(sample),
        expansions: [Expansion(source: list.reference, column: item)],
        bagExpansion: .bag,
        indexColumn: index,
        limit: long(3),
        columns: [id, item, index]
      )
    )
    let expected = sample.enumerated().flatMap { number, values -> [[String]] in
      guard let values else { return [["\(number)", "null", "0"]] }
      return values.prefix(3).enumerated().map { ["\(number)", "\($0.element)", "\($0.offset)"] }
    }
    #expect(try PlanRun.differences(plan, expected: expected) == [])
  }

  private func apply(_ subquery: (Plan) -> Plan, _ columns: [PlanColumn]) -> Plan {
    let input = Plan.subqueryInput(SubqueryInput(id: 77, columns: [id, list, item, index]))
    return .apply(
      Apply(
        id: 77,
        input: lists(sample),
        expansions: [Expansion(source: list.reference, column: item)],
        indexColumn: index,
        limit: nil,
        subquery: subquery(input),
        columns: [id] + columns
      )
    )
  }

  @Test("mv-apply runs its subquery for each row alone") func applying() throws {
    let order = [SortKey(item.reference, isDescending: true, nullsFirst: false)]
    let best = apply({ .top(Top(input: $0, count: long(2), keys: order)) }, [item])
    #expect(
      try PlanRun.differences(
        best,
        expected: [
          ["0", "3"], ["0", "2"], ["2", "null"], ["3", "9"], ["4", "7"], ["4", "4"],
        ]
      ) == []
    )
    let sum = PlanColumn(id: ColumnID(9), name: "sum", type: .long)
    let total = apply(
      {
        .summarize(
          Summarize(
            input: $0,
            keys: [],
            aggregates: [aggregate("sum", [item.reference], sum)]
          )
        )
      },
      [sum]
    )
    #expect(
      try PlanRun.differences(
        total,
        expected: [["0", "6"], ["1", "0"], ["2", "0"], ["3", "9"], ["4", "14"]]
      ) == []
    )
    let large = apply(
      {
        .filter(
          Filter(input: $0, predicate: call("GreaterThan", [item.reference, long(3)], .bool))
        )
      },
      [item, index]
    )
    #expect(
      try PlanRun.differences(
        large,
        expected: [["3", "9", "0"], ["4", "4", "0"], ["4", "4", "1"], ["4", "7", "3"]]
      ) == []
    )
  }

  @Test("partition runs its subquery for each key alone") func partitioning() throws {
    var random = RandomValues(seed: 8)
    let table = RandomTable([.string, .long], rowCount: 120, variety: 9, &random)
    let input = Plan.subqueryInput(SubqueryInput(id: 5, columns: table.columns))
    let plan = Plan.partition(
      Partition(
        id: 5,
        input: table.scan,
        key: table.columns[0].reference,
        subquery: .take(Take(input: input, count: long(2))),
        columns: table.columns
      )
    )
    var order: [String] = []
    var rows: [String: [[String]]] = [:]
    for row in table.shown {
      if rows[row[0]] == nil { order.append(row[0]) }
      rows[row[0], default: []].append(row)
    }
    let expected = order.flatMap { (rows[$0] ?? []).prefix(2) }
    #expect(try PlanRun.differences(plan, table.tables, expected: expected) == [])
  }
}
