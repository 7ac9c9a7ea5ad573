import Columnar
import Execution
import KQLFunctions
import QueryPlan
import Synchronization
import Testing

struct QueryBudgetTests {
  @Test("caches are asked to give memory up before a query is refused")
  func reclaims() throws {
    let cache = TestCache(byteCount: 900, least: 300)
    let budget = QueryBudget(memoryLimit: 1000, timeoutSeconds: nil, caches: [cache]) { 0 }
    try budget.require(100)
    #expect(cache.byteCount == 900)
    try budget.require(200)
    #expect(cache.byteCount == 300)
    #expect(throws: QueryFailure.self) { try budget.require(701) }
    try budget.charge(700)
    #expect(throws: QueryFailure.self) { try budget.require(1) }
    #expect(throws: QueryFailure.self) { try budget.charge(1) }
    budget.release(1)
    budget.release(700)
    #expect(budget.heldNow == 300)
  }

  @Test("texts that a query makes count, those of results too, and no longer than they live")
  func computedTexts() throws {
    let column = PlanColumn(id: ColumnID(1), name: "n", type: .long)
    let made = PlanColumn(id: ColumnID(2), name: "s", type: .string)
    let range = Plan.range(
      RangeSource(column: column, from: long(1), to: long(20_000), step: long(1))
    )
    let printed = call("tostring", [column.reference], .string)
    let padded = call("strcat", [text(String(repeating: "x", count: 200)), printed], .string)
    let plan = Plan.project(Project(input: range, expressions: [NamedExpression(made, padded)]))
    #expect(throws: QueryFailure.self) { try Self.run(plan, limit: 3 << 20) }
    let budget = QueryBudget(memoryLimit: 64 << 20, timeoutSeconds: nil) { 0 }
    var result: QueryResult? = try Self.run(plan, budget)
    #expect(budget.heldNow >= 20_000 * 200 && budget.heldNow < 16 << 20)
    #expect(budget.peakBytes >= 20_000 * 200)
    withExtendedLifetime(result) {}
    result = nil
    #expect(budget.heldNow == 0)
  }

  private static func run(_ plan: Plan, limit: Int) throws -> QueryResult {
    try run(plan, QueryBudget(memoryLimit: limit, timeoutSeconds: nil) { 0 })
  }

  private static func run(_ plan: Plan, _ budget: QueryBudget) throws -> QueryResult {
    let constants = QueryConstants(now: DateTime(ticks: 0), randomSeed: 7)
    let executor = Executor(tables: TestTables(), constants: constants, options: .init())
    return try executor.run(plan, budget: budget)
  }
}

/// A cache that can go down to some size.
private final class TestCache: ReclaimableMemory {
  private let bytes: Mutex<Int>
  private let least: Int

  init(byteCount: Int, least: Int) {
    bytes = Mutex(byteCount)
    self.least = least
  }

  var byteCount: Int { bytes.withLock { $0 } }

  func reclaim() { bytes.withLock { [least] in $0 = min($0, least) } }
}
