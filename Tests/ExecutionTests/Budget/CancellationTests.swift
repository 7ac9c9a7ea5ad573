import Columnar
import Execution
import KQLFunctions
import QueryPlan
import Synchronization
import Testing

/// Queries that are ended at one of the moments at which they look for that.
struct CancellationTests {
  private static let rowCount: Int64 = 300_000

  @Test("a sort looks whether it was ended once every some ten thousand comparisons")
  func sorting() throws {
    let sorted = Plan.sort(Sort(input: Self.mixed, keys: [Self.key]))
    let looks = try Self.looks(during: sorted) - Self.looks(during: Self.mixed)
    // So many rows take about 17 comparisons each at the very least.
    #expect(looks >= Int(Self.rowCount) * 16 / (1 << 16))
  }

  @Test("many groups are numbered and merged with looks in between")
  func grouping() throws {
    let grouped = Plan.summarize(
      Summarize(
        input: Self.mixed,
        keys: [NamedExpression(Self.hash, Self.mixedColumn.reference)],
        aggregates: [aggregate("count", [], Self.count)]
      )
    )
    #expect(try Self.looks(during: grouped) > Self.looks(during: Self.mixed))
    try Self.endEverywhere(grouped)
  }

  @Test("a query ends with the error of its end at whichever look it finds that out")
  func everywhere() throws {
    try Self.endEverywhere(.sort(Sort(input: Self.mixed, keys: [Self.key])))
    let right = Self.mixed(firstID: 11)
    try Self.endEverywhere(
      .join(
        Join(
          left: Self.mixed,
          right: right.plan,
          kind: .inner,
          keys: [JoinKey(left: Self.mixedColumn.reference, right: right.column.reference)],
          columns: [Self.mixedColumn, right.column]
        )
      )
    )
  }

  /// Ends the query at some twenty of its looks, the first and the last among them.
  private static func endEverywhere(_ plan: Plan) throws {
    let looks = try looks(during: plan)
    for look in stride(from: 1, through: looks, by: max(1, looks / 20)) {
      let failure = #expect(throws: QueryFailure.self) { try run(plan, endingAt: look) }
      #expect(failure?.kind == .timeout, "look \(look) of \(looks)")
    }
  }

  /// How often a query that nobody ends looks for that.
  private static func looks(during plan: Plan) throws -> Int {
    try run(plan, endingAt: .max)
  }

  /// Runs on one thread with a clock that passes the time limit when it is read for the n-th time.
  @discardableResult
  private static func run(_ plan: Plan, endingAt last: Int) throws -> Int {
    let readings = Atomic<Int>(0)
    // The first reading makes the time limit.
    let budget = QueryBudget(memoryLimit: 1 << 30, timeoutSeconds: 1) {
      let reading = readings.add(1, ordering: .relaxed).oldValue
      return reading >= last ? 2_000_000_000 : 0
    }
    let constants = QueryConstants(now: DateTime(ticks: 0), randomSeed: 7)
    let options = ExecutionOptions(threads: 1)
    let executor = Executor(tables: TestTables(), constants: constants, options: options)
    _ = try executor.run(plan, budget: budget)
    return readings.load(ordering: .relaxed) - 1
  }

  private static let hash = PlanColumn(id: ColumnID(7), name: "h", type: .long)
  private static let count = PlanColumn(id: ColumnID(8), name: "n", type: .long)
  private static var mixedColumn: PlanColumn { mixed(firstID: 1).column }
  private static var mixed: Plan { mixed(firstID: 1).plan }
  private static var key: SortKey {
    SortKey(mixedColumn.reference, isDescending: false, nullsFirst: false)
  }

  /// Numbers in no order, most of them different.
  private static func mixed(firstID: Int) -> (plan: Plan, column: PlanColumn) {
    let columns = testColumns([.long, .long], from: firstID)
    let range = Plan.range(
      RangeSource(column: columns[0], from: long(1), to: long(rowCount), step: long(1))
    )
    let mixed = call("hash", [columns[0].reference, long(1 << 40)], .long)
    let project = Project(input: range, expressions: [NamedExpression(columns[1], mixed)])
    return (.project(project), columns[1])
  }
}
