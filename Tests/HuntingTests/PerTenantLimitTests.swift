import Columnar
import Execution
import FileAccess
import HarrierTesting
import Hunting
import SourceText
import Synchronization
import TableStore
import Tenancy
import Testing

/// Limits that one tenant of several meets.
@Suite("Limits of a hunt in each tenant") struct PerTenantLimitTests {
  private let store: StoreFixture

  private static let small = 20
  private static let large = 12_000
  /// Holds a text for each row.
  private static let costly =
    "DeviceProcessEvents"
    + " | summarize l = make_list(strcat(ProcessId, strrep(DeviceName, 200))) by ProcessId % 50"
    + " | summarize n = sum(array_length(l))"
  /// Reads every row, 4,096 at a time; the clock of the tests moves with the rows that are read.
  private static let slow =
    "DeviceProcessEvents | summarize n = countif(strlen(ProcessCommandLine) > 0)"

  /// Four tenants of which the second has many rows.
  init() throws {
    store = try StoreFixture()
    for tenant in ["a", "b", "c", "d"] {
      let count = tenant == "b" ? Self.large : Self.small
      try store.ingest(StoreFixture.events(0..<count), tenant: tenant)
    }
  }

  private func engine(_ tenants: String..., threads: Int = 2) throws -> HuntingEngine {
    var engine = HuntingEngine(
      clock: store.clock,
      options: ExecutionOptions(threads: threads, batchRows: 100)
    )
    try engine.attach(try store.open(.readOnly).snapshot(), tenants: tenants)
    return engine
  }

  private func run(
    _ text: String,
    _ engine: HuntingEngine,
    _ budget: QueryBudget
  ) throws -> (rows: [String], failed: [String], kinds: Set<QueryFailure.Kind>) {
    let answer = try engine.runPerTenant(SourceText(text), budget: budget)
    for failure in answer.failures where failure.tenant.name != "b" {
      Issue.record("\(failure.tenant.name): \(failure.failure)")
    }
    var rows: [String] = []
    try answer.tables[0].result.forEachRow { row in
      rows.append(row.map(Cells.cell).prefix(2).joined(separator: " "))
    }
    return (
      rows, answer.failures.map(\.tenant.name), Set(answer.failures.map(\.failure.kind))
    )
  }

  /// About the least memory in which the large tenant has an answer.
  private func need() throws -> Int {
    let engine = try engine("b", threads: 1)
    let wide = engine.makeBudget(memoryLimit: 1 << 30, timeoutSeconds: nil)
    _ = try engine.run(SourceText(Self.costly), budget: wide)
    var limit = wide.peakBytes
    while true {
      let budget = engine.makeBudget(memoryLimit: limit, timeoutSeconds: nil)
      if (try? engine.run(SourceText(Self.costly), budget: budget)) != nil { return limit }
      limit += limit / 10
    }
  }

  @Test("One that needs more memory than there is is named beside the rows of the others")
  func memory() throws {
    let engine = try engine("a", "b", "c", "d")
    let budget = engine.makeBudget(memoryLimit: try need() / 2, timeoutSeconds: nil)
    let found = try run(Self.costly, engine, budget)
    #expect(found.rows == ["20 a", "20 c", "20 d"])
    #expect(found.failed == ["b"])
    #expect(found.kinds == [.memory])
  }

  @Test("One that needs more memory than its part gets all that the others leave")
  func secondGo() throws {
    let need = try need()
    let alone = try engine("b", threads: 1)
    let part = alone.makeBudget(memoryLimit: need * 3 / 4, timeoutSeconds: nil)
    #expect(throws: QueryFailure.self) { try alone.run(SourceText(Self.costly), budget: part) }
    // The two large ones run side by side.
    try store.ingest(StoreFixture.events(Self.small..<Self.large), tenant: "a")
    let engine = try engine("a", "b", "c", "d")
    let budget = engine.makeBudget(memoryLimit: need * 3 / 2, timeoutSeconds: nil)
    let found = try run(Self.costly, engine, budget)
    #expect(found.rows == ["\(Self.large) a", "\(Self.large) b", "20 c", "20 d"])
    #expect(found.failed == [])
  }

  @Test("All together hold no more than the limit, and those that failed hold nothing")
  func whole() throws {
    let need = try need()
    for tenant in ["a", "c", "d"] {
      try store.ingest(StoreFixture.events(Self.small..<Self.large), tenant: tenant)
    }
    let engine = try engine("a", "b", "c", "d")
    let budget = engine.makeBudget(memoryLimit: need * 5 / 2, timeoutSeconds: nil)
    #expect(try run(Self.costly, engine, budget).failed == [])
    #expect(budget.peakBytes <= need * 5 / 2)
    #expect(budget.peakBytes > need / 4)
    let narrow = engine.makeBudget(memoryLimit: need / 3, timeoutSeconds: nil)
    #expect(throws: QueryFailure.self) { try run(Self.costly, engine, narrow) }
    let caches = engine.makeBudget(memoryLimit: 1, timeoutSeconds: nil).heldNow
    #expect(narrow.heldNow == caches)
  }

  @Test("An answer that takes more than its part of the memory is named and not kept")
  func answers() throws {
    let engine = try engine("a", "b", "c", "d")
    let text = "DeviceProcessEvents | project t = strcat(ProcessCommandLine, strrep('x', 2000))"
    let wide = engine.makeBudget(memoryLimit: 1 << 30, timeoutSeconds: nil)
    #expect(try run(text, engine, wide).failed == [])
    let narrow = engine.makeBudget(memoryLimit: 80 << 20, timeoutSeconds: nil)
    let found = try run(text, engine, narrow)
    #expect(found.rows.count == 3 * Self.small)
    #expect(found.failed == ["b"])
  }

  @Test("Rows that are cut off leave nothing behind") func cutRows() throws {
    let engine = try engine("a", "b", "c", "d")
    let text = "DeviceProcessEvents | project t = strcat(ProcessCommandLine, strrep('x', 2000))"
    let budget = engine.makeBudget(memoryLimit: 80 << 20, timeoutSeconds: nil)
    let answer = try engine.runPerTenant(SourceText(text), budget: budget, rowLimit: 400)
    #expect(answer.failures.isEmpty)
    #expect(answer.cutRows == [Self.large - 100])
    #expect(answer.tables[0].result.rowCount == 100 + 3 * Self.small)
  }

  /// A budget whose clock moves on by a millisecond with each row that is read.
  private func timed(_ engine: HuntingEngine, seconds: Double) -> QueryBudget {
    let clock = store.clock
    let last = Mutex(0)
    return engine.makeBudget(memoryLimit: 1 << 30, timeoutSeconds: seconds) { rows in
      last.withLock { last in
        clock.advance(nanoseconds: UInt64(max(0, rows - last)) * 1_000_000)
        last = max(last, rows)
      }
    }
  }

  @Test("One that needs more time than there is leaves the others theirs") func time() throws {
    let engine = try engine("a", "b", "c", "d", threads: 1)
    let found = try run(Self.slow, engine, timed(engine, seconds: 9))
    #expect(found.rows == ["20 a", "20 c", "20 d"])
    #expect(found.failed == ["b"])
    #expect(found.kinds == [.timeout])
  }

  @Test("One that needs more time than its part gets what the others leave") func moreTime() throws
  {
    let engine = try engine("b", "a", "c", "d", threads: 1)
    let found = try run(Self.slow, engine, timed(engine, seconds: 24))
    #expect(found.rows == ["\(Self.large) b", "20 a", "20 c", "20 d"])
    #expect(found.failed == [])
  }

  @Test("Where all meet a limit, the hunt does") func all() throws {
    let engine = try engine("a", "b", "c", "d")
    let budget = engine.makeBudget(memoryLimit: 1, timeoutSeconds: nil)
    #expect {
      try run(Self.costly, engine, budget)
    } throws: { error in
      (error as? QueryFailure)?.kind == .memory
    }
  }

  @Test("Who gives up ends all of it", arguments: [1, 2]) func cancelled(_ threads: Int) throws {
    let engine = try engine("a", "b", "c", "d", threads: threads)
    let budget = Mutex<QueryBudget?>(nil)
    let made = engine.makeBudget(memoryLimit: 1 << 30, timeoutSeconds: nil) { rows in
      if rows > 1000 { budget.withLock { $0?.cancel() } }
    }
    budget.withLock { $0 = made }
    #expect {
      try run(Self.slow, engine, made)
    } throws: { error in
      (error as? QueryFailure)?.kind == .cancelled
    }
  }
}
