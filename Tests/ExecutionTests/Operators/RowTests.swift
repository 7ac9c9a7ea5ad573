import Columnar
import Execution
import QueryPlan
import Testing

struct RowTests {
  @Test("a filter keeps the rows in which all is true", arguments: 1...5) func filter(
    seed: UInt64
  ) throws {
    var random = RandomValues(seed: seed)
    let table = RandomTable([.long, .string, .real], rowCount: 300, variety: 7, &random)
    let columns = table.columns.map(\.reference)
    let isLarge = call("GreaterThan", [columns[0], long(0)], .bool)
    let isOther = call("NotEqual", [columns[1], text("ab")], .bool)
    let isSmall = call("LessThan", [columns[2], .literal(.real(0.5))], .bool)
    let predicate = call("And", [isLarge, call("Or", [isOther, isSmall], .bool)], .bool)
    let expected = table.rows.indices.filter { index in
      guard case .long(let number) = table.rows[index][0] else { return false }
      var isBelow = false
      if case .real(let real) = table.rows[index][2] { isBelow = real < 0.5 }
      return number > 0 && (table.rows[index][1] != .string("ab") || isBelow)
    }
    let plan = Plan.filter(Filter(input: table.scan, predicate: predicate))
    let rows = expected.map { table.shown[$0] }
    #expect(try PlanRun.differences(plan, table.tables, expected: rows) == [], "seed \(seed)")
  }

  @Test("take gives the first rows") func take() throws {
    var random = RandomValues(seed: 3)
    let table = RandomTable([.long], rowCount: 100, variety: 50, &random)
    for count: Int64 in [-2, 0, 1, 33, 100, 500] {
      let plan = Plan.take(Take(input: table.scan, count: long(count)))
      let expected = Array(table.shown.prefix(Int(max(0, count))))
      #expect(try PlanRun.differences(plan, table.tables, expected: expected) == [])
    }
  }

  @Test("a sample has different rows of the input in its order") func sample() throws {
    var random = RandomValues(seed: 4)
    let table = RandomTable([.long, .guid], rowCount: 90, variety: 100_000, &random)
    for count in [0, 1, 40, 89, 90, 200] {
      let plan = Plan.sample(Sample(input: table.scan, count: long(Int64(count))))
      for options in PlanRun.configurations {
        let rows = try PlanRun.rows(plan, table.tables, options)
        #expect(rows.count == min(count, 90))
        var rest = table.shown[...]
        for row in rows {
          guard let place = rest.firstIndex(of: row) else {
            Issue.record("\(row) is not in the input, or not in its place")
            break
          }
          rest = rest[(place + 1)...]
        }
      }
    }
  }

  @Test("a union has the rows of its legs, one after another") func union() throws {
    var random = RandomValues(seed: 6)
    let first = RandomTable([.long, .string], named: "A", rowCount: 40, variety: 9, &random)
    let second = RandomTable(
      [.long, .real],
      named: "B",
      rowCount: 30,
      variety: 9,
      firstID: 20,
      &random
    )
    let outputs = testColumns([.long, .string, .real], from: 40)
    let plan = Plan.union(
      Union(
        legs: [
          UnionLeg(
            plan: first.scan,
            sources: [first.columns[0].id, first.columns[1].id, nil],
            name: "A"
          ),
          UnionLeg(
            plan: second.scan,
            sources: [second.columns[0].id, nil, second.columns[1].id],
            name: "B"
          ),
        ],
        outputs: outputs,
        sourceColumn: PlanColumn(id: ColumnID(60), name: "source", type: .string)
      )
    )
    let expected =
      first.shown.map { ["'A'"] + $0 + ["null"] }
      + second.shown.map { ["'B'", $0[0], "''", $0[1]] }
    let tables = TestTables(
      tables: first.tables.tables.merging(second.tables.tables) { one, _ in one }
    )
    #expect(try PlanRun.differences(plan, tables, expected: expected) == [])
  }

  @Test("a range includes its end and never runs past the type") func range() throws {
    let cases: [(Scalar, Scalar, Scalar, [String])] = [
      (.long(1), .long(7), .long(3), ["1", "4", "7"]),
      (.long(3), .long(1), .long(-1), ["3", "2", "1"]),
      (.long(1), .long(3), .long(-1), []),
      (.long(1), .long(3), .long(0), []),
      (.null(.long), .long(3), .long(1), []),
      (.long(.max - 1), .long(.max), .long(1), ["\(Int64.max - 1)", "\(Int64.max)"]),
      (.real(0), .real(1), .real(0.5), ["0.0", "0.5", "1.0"]),
    ]
    for (from, to, step, expected) in cases {
      let column = PlanColumn(id: ColumnID(1), name: "x", type: from.type)
      let plan = Plan.range(
        RangeSource(
          column: column,
          from: .literal(from),
          to: .literal(to),
          step: .literal(step)
        )
      )
      #expect(try PlanRun.differences(plan, expected: expected.map { [$0] }) == [])
    }
  }
}
