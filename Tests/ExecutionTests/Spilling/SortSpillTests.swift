import Columnar
import Execution
import FileAccess
import QueryPlan
import Testing

struct SortSpillTests {
  @Test("sorted runs merge to what sorting in memory gives", arguments: 1...6)
  func sorting(seed: UInt64) throws {
    let rows = WideRows(rowCount: 6000, variety: seed < 4 ? 9 : 5000, seed)
    var random = RandomValues(seed: seed)
    let keys = (0..<(1 + random.number(below: 3))).map { _ in
      SortKey(
        rows.columns[random.number(below: 9)].reference,
        isDescending: random.number(below: 2) == 0,
        nullsFirst: random.number(below: 2) == 0
      )
    }
    let sort = Plan.sort(Sort(input: rows.plan, keys: keys))
    let run = SpillRun(plan: sort, tables: rows.table.tables, memoryLimit: 384 << 10)
    #expect(try run.differences() == [])
  }

  @Test("results that do not fit are put aside in their order")
  func results() throws {
    let rows = WideRows(rowCount: 8000, variety: 50, 9)
    let run = SpillRun(plan: rows.plan, tables: rows.table.tables, memoryLimit: 320 << 10)
    #expect(try run.differences() == [])
    let take = Plan.take(Take(input: rows.plan, count: long(7000)))
    let options = ExecutionOptions(spill: SimulatedTemporaryFiles())
    let tables = rows.table.tables
    #expect(try PlanRun.rows(take, tables, options) == PlanRun.rows(take, tables))
  }

  @Test("the best rows are sorted on disk where they are too many for memory")
  func manyBest() throws {
    let rows = WideRows(rowCount: 6000, variety: 40, 4)
    let keys = [1, 3].map {
      SortKey(rows.columns[$0].reference, isDescending: $0 == 1, nullsFirst: true)
    }
    let top = Plan.top(Top(input: rows.plan, count: long(4500), keys: keys))
    let run = SpillRun(plan: top, tables: rows.table.tables, memoryLimit: 384 << 10)
    #expect(try run.differences() == [])
  }

  @Test("rows wait on disk while window functions read the columns that they need")
  func windows() throws {
    let rows = WideRows(rowCount: 6000, variety: 40, 5)
    let long = rows.columns[0].reference
    let values: [(Expression, ScalarType)] = [
      (call("row_number", [], .long), .long),
      (call("prev", [rows.columns[1].reference], .string), .string),
      (call("Add", [call("row_cumsum", [long], .long), long], .long), .long),
    ]
    let added = values.enumerated().map { index, value in
      NamedExpression(
        PlanColumn(id: ColumnID(90 + index), name: "w\(index)", type: value.1),
        value.0
      )
    }
    let passed = rows.columns.map(NamedExpression.init(passing:))
    let window = Plan.window(Window(input: rows.plan, expressions: passed + added))
    let run = SpillRun(plan: window, tables: rows.table.tables, memoryLimit: 512 << 10)
    let differences = try run.differences()
    #expect(differences == [])
  }

  @Test("a full disk ends the query and says what to do")
  func fullDisk() throws {
    let rows = WideRows(rowCount: 8000, variety: 50, 3)
    let key = SortKey(rows.columns[1].reference, isDescending: false, nullsFirst: true)
    let sort = Plan.sort(Sort(input: rows.plan, keys: [key]))
    let disk = SimulatedTemporaryFiles(limitBytes: 30_000)
    let options = ExecutionOptions(threads: 1, batchRows: 64, spill: disk)
    let failure = #expect(throws: QueryFailure.self) {
      try PlanRun.rows(sort, rows.table.tables, options, memoryLimit: 384 << 10)
    }
    #expect(failure?.kind == .memory)
    #expect(failure?.message.contains("no space is left there") == true)
    #expect(failure?.message.contains("--spill") == true)
  }

  @Test("without a place to put rows aside the query ends at its limit")
  func noPlace() throws {
    let rows = WideRows(rowCount: 8000, variety: 50, 3)
    let failure = #expect(throws: QueryFailure.self) {
      try PlanRun.rows(rows.plan, rows.table.tables, memoryLimit: 128 << 10)
    }
    #expect(failure?.kind == .memory)
  }
}
