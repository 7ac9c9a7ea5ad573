import Columnar
import Execution
import QueryPlan
import Testing

struct JoinSpillTests {
  @Test("sides that were put aside join to what those in memory do", arguments: JoinKind.allCases)
  func joins(kind: JoinKind) throws {
    let left = WideRows(rowCount: 4000, variety: 2000, named: "L", 5)
    let right = WideRows(rowCount: 4000, variety: 2000, named: "R", firstID: 101, 6)
    for numbers in [[0, 3], [2, 7, 5]] {
      let join = Plan.join(
        Join(
          left: left.plan,
          right: right.plan,
          kind: kind,
          keys: numbers.map {
            JoinKey(left: left.columns[$0].reference, right: right.columns[$0].reference)
          },
          columns: Self.columns(kind, left.columns, right.columns)
        )
      )
      let tables = TestTables(
        tables: left.table.tables.tables.merging(right.table.tables.tables) { $1 }
      )
      let differences = try SpillRun(plan: join, tables: tables, memoryLimit: 700 << 10)
        .differences()
      #expect(differences == [], "keys \(numbers)")
    }
  }

  private static func columns(
    _ kind: JoinKind,
    _ left: [PlanColumn],
    _ right: [PlanColumn]
  ) -> [PlanColumn] {
    switch kind {
    case .leftSemi, .leftAnti: left
    case .rightSemi, .rightAnti: right
    default: left + right
    }
  }
}
