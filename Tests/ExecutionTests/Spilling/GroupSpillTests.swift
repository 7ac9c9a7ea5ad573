import Columnar
import Execution
import FileAccess
import QueryPlan
import Testing

struct GroupSpillTests {
  @Test("groups of rows that were put aside are those of rows in memory", arguments: 1...6)
  func groups(seed: UInt64) throws {
    let rows = WideRows(rowCount: 12_000, variety: 20_000, seed)
    let numbers = [[0], [1, 0], [2, 4], [3, 7, 5], [6, 8, 0], [4]][Int(seed) - 1]
    let keys = numbers.map { NamedExpression(passing: rows.columns[$0]) }
    let results = (0..<5).map { index in
      let types: [ScalarType] = [.long, .dynamic, .long, .datetime, .dynamic]
      return PlanColumn(id: ColumnID(200 + index), name: "r\(index)", type: types[index])
    }
    let summarize = Plan.summarize(
      Summarize(
        input: rows.plan,
        keys: keys,
        aggregates: [
          aggregate("count", [], results[0]),
          aggregate("make_list", [rows.columns[1].reference], results[1]),
          aggregate("sum", [rows.columns[0].reference], results[2]),
          aggregate("max", [rows.columns[3].reference], results[3]),
          aggregate("make_list", [rows.columns[9].reference], results[4]),
        ]
      )
    )
    let run = SpillRun(plan: summarize, tables: rows.table.tables, memoryLimit: 1 << 20)
    #expect(try run.differences() == [])
  }

  @Test("distinct rows keep the order of their first ones")
  func distinct() throws {
    let rows = WideRows(rowCount: 12_000, variety: 400, 8)
    #expect(try Self.distinct(rows, memoryLimit: 1 << 20).differences() == [])
  }

  @Test("partitions that do not fit are split")
  func splits() throws {
    let rows = WideRows(rowCount: 40_000, variety: 60_000, 21)
    #expect(try Self.distinct(rows, memoryLimit: 700 << 10).differences() == [])
  }

  /// A run of the distinct rows over the first nine columns.
  private static func distinct(_ rows: WideRows, memoryLimit: Int) -> SpillRun {
    let keys = rows.columns.prefix(9).map { NamedExpression(passing: $0) }
    return SpillRun(
      plan: .summarize(Summarize(input: rows.plan, keys: keys, aggregates: [])),
      tables: rows.table.tables,
      memoryLimit: memoryLimit
    )
  }

  @Test("equal keys belong to one partition: zeros, NaNs and nulls too")
  func realKeys() throws {
    let rows = WideRows(rowCount: 12_000, variety: 9000, 12)
    let key = NamedExpression(passing: rows.columns[2])
    let list = PlanColumn(id: ColumnID(200), name: "l", type: .dynamic)
    let summarize = Plan.summarize(
      Summarize(
        input: rows.plan,
        keys: [key],
        aggregates: [aggregate("make_list", [rows.columns[4].reference], list)]
      )
    )
    let run = SpillRun(plan: summarize, tables: rows.table.tables, memoryLimit: 1 << 20)
    #expect(try run.differences() == [])
  }
}
