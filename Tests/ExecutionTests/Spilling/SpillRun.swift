import Columnar
import Execution
import FileAccess
import QueryPlan

/// Runs plans with little memory and much, and compares.
struct SpillRun {
  let plan: Plan
  let tables: TestTables
  /// Enough for a part of the rows at a time.
  let memoryLimit: Int

  /// What runs that put rows aside give instead of the rows of one that does not; empty where all
  /// agree.
  func differences() throws -> [String] {
    let expected = try PlanRun.rows(plan, tables)
    return try [(1, 64), (2, 64), (2, 1000)].compactMap { threads, batchRows in
      let disk = SimulatedTemporaryFiles()
      let options = ExecutionOptions(threads: threads, batchRows: batchRows, spill: disk)
      let rows = try PlanRun.rows(plan, tables, options, memoryLimit: memoryLimit)
      if disk.writtenBytes == 0 { return "\(threads) threads: nothing was put aside" }
      if rows == expected { return nil }
      let first = zip(rows, expected).enumerated().first { $0.element.0 != $0.element.1 }
      return "\(threads) threads, \(rows.count) rows instead of \(expected.count), first other: "
        + "\(first.map { "\($0)" } ?? "none")"
    }
  }
}

/// A table with columns of all types, dynamic values computed.
struct WideRows {
  let table: RandomTable
  let columns: [PlanColumn]
  let plan: Plan

  init(rowCount: Int, variety: Int, named name: String = "T", firstID: Int = 1, _ seed: UInt64) {
    var random = RandomValues(seed: seed)
    let types: [ScalarType] = [
      .long, .string, .real, .datetime, .guid, .decimal, .bool, .int, .timespan,
    ]
    table = RandomTable(
      types,
      named: name,
      rowCount: rowCount,
      variety: variety,
      firstID: firstID,
      &random
    )
    let array = PlanColumn(id: ColumnID(firstID + 50), name: "array", type: .dynamic)
    let packed = call(
      "pack_array",
      [table.columns[0].reference, table.columns[1].reference],
      .dynamic
    )
    columns = table.columns + [array]
    plan = .project(
      Project(
        input: table.scan,
        expressions: table.columns.map(NamedExpression.init(passing:))
          + [NamedExpression(array, packed)]
      )
    )
  }
}
